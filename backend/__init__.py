"""The service system of the hall: aiohttp and SQLAlchemy."""
