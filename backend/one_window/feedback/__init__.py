"""What citizens say of the service: complaints, suggestions, praise, ratings; urging of cases."""
