"""The web application: `api.web.app.create_app` puts it together."""
