"""How well the search finds: judged queries, measures, and whether a change is chance."""
