"""What a document says as a job posting: its title, its sections, its pay, its places."""
