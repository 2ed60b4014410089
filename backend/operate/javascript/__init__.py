"""The check of the pages' JavaScript: types with TypeScript, habits with ESLint. Nothing is built: browsers load the files as they are.

``python -m backend.operate.javascript`` runs it; TypeScript reads the types that the files state in JSDoc comments.
"""
