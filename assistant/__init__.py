"""From a sentence to a reply: the Rasa layer."""
