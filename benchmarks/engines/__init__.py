"""The engines that are compared, each in a module of its own, imported only when it runs."""
