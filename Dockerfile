# jdlint in a container: docker run --rm -v "$PWD:/postings:ro" jdlint
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY jdlint jdlint
COPY rules rules
RUN python -m venv /opt/jdlint && /opt/jdlint/bin/pip install --no-cache-dir .
# An image keeps times to the second, and what is kept below is known by the times of its files.
RUN find /opt/jdlint -type f -exec sh -c 'for f; do touch -d "@$(stat -c %Y "$f")" "$f"; done' _ {} +

FROM python:3.13-slim
COPY --from=build /opt/jdlint /opt/jdlint
ENV PATH=/opt/jdlint/bin:$PATH JDLINT_CACHE_DIR=/opt/jdlint/cache
# The tables are made once, here, and for every user, so that a run starts as fast as an installed one.
RUN echo "We want a nurse." | jdlint check - --no-cache --fail-on never > /dev/null && \
    chmod -R a+rX "$JDLINT_CACHE_DIR"
RUN useradd --no-create-home reader
USER reader
WORKDIR /postings
ENTRYPOINT ["jdlint"]
CMD ["check"]
