"""HTML pages; `api.web.routers` lists their routers."""
