"""What the assistant does: rasa_sdk actions, a file per job. Rules of the hall are in the backend; here is only dialogue."""
