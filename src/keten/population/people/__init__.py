"""Who the clients are: names, addresses, contacts and relations."""
