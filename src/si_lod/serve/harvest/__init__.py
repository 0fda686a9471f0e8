"""What is said to those who take the data set elsewhere: portals, crawlers, search engines, assessors.

::

    release/catalog.nt ──▶ catalog ──▶ portion ──▶ /catalog          a page of it, in every syntax, and for people
                             │   └──▶ void ──────▶ /void, /.well-known/void
       release/dump/* ───────┼──▶ files ─────────▶ /dump/...         as they are, with ranges and digests
       release/feed/*  ──────┼──▶ feed ──────────▶ /feed/...         what each release changed, page by page
       release/things/*      ├──▶ linkset ───────▶ /linkset/..., Link headers (FAIR Signposting)
                             ├──▶ croissant, package ──▶ /croissant/..., /dump/datapackage.json
                             └──▶ sitemap ───────▶ /sitemap.xml, /robots.txt

Nothing is said here that the release does not hold, and what has not changed since the release before has the bytes
and the validator that it had: a harvester that compares sees no change.
"""
