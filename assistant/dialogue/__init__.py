"""The dialogue: what is known of a conversation, and the ordered rules that answer what a question on its own does not decide."""
