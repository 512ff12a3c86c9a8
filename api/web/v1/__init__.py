"""JSON routers below `/api/v1`; `api.web.routers` lists them."""
