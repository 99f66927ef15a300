"""Starting the service: on one machine (`python -m deploy.run`) and, in this folder's other files, in containers."""
