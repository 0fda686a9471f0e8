"""How requests come to the application and answers leave it: everything of HTTP that is about no route.

::

    server (granian, ASGI) ──▶ gateway ──▶ kept: a finished representation, or 304: no work at all
                                  │ none
                                  ├──▶ limits: what is too long, too large or too slow
                                  └──▶ lanes (threads) ──▶ deployment ──▶ the application (WSGI)
                                                                             │ note: what may be kept, and by what
                                  delivery ◀── answer ◀─────────────────────┘   it was chosen

Why ASGI before a WSGI application: granian tells the path as it was sent (``%2F``) to ASGI only, a failed answer is
seen to be broken there and ends as if it were whole over WSGI, and slow clients hold no thread. Measured on two
cores, a page of 9 kB, 8 connections: 35 thousand a second from the event loop, 20 thousand through a thread, 5
thousand through a2wsgi, which also holds a thread for as long as a client reads.
"""
