"""A local twin of both services, so that the main job runs with no account and no network.

It is written from the services' public documents with models and rules of its own and imports
nothing from the rest of the program: a twin made of our declarations would agree with our
mistakes. `importer.sandbox.server.running` starts it.
"""
