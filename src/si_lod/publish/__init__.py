"""From a site's files to a release; it has never heard of HTTP."""
