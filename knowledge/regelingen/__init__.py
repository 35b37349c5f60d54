"""Legal texts as one tree. Reading, addressing, comparing and rendering are pure (an import
contract holds that); only services, selectors and indexers know the database."""
