# newscite as a service: the page and the API on port 7860, the store in /data. compose.yaml runs it.
FROM python:3.12-slim

RUN useradd --uid 10001 --user-group --home-dir /data --no-create-home newscite \
    && install --directory --owner newscite --group newscite /data

# torch goes first: the pinned release has a CPU build, and nothing may pull another.
RUN pip install --no-cache-dir 'torch>=2.13,<2.14'

WORKDIR /app
COPY pyproject.toml README.md LICENSE ./
COPY index index
COPY rag rag
COPY ui ui
COPY evals evals
RUN pip install --no-cache-dir '.[tracing]'

# No library sends anything, and none fetches a model unless HF_HUB_OFFLINE is 0; then it is kept in the volume.
ENV NEWSCITE_STORE=/data/store \
    NEWSCITE_PORT=7860 \
    ANONYMIZED_TELEMETRY=False \
    GRADIO_ANALYTICS_ENABLED=False \
    LANGSMITH_TRACING=false \
    HF_HUB_DISABLE_TELEMETRY=1 \
    HF_HUB_OFFLINE=1 \
    HF_HOME=/data/models \
    PYTHONDONTWRITEBYTECODE=1

USER newscite
WORKDIR /data
VOLUME /data
EXPOSE 7860

HEALTHCHECK --interval=30s --timeout=10s --start-period=180s \
    CMD python -c "from urllib.request import urlopen; urlopen('http://127.0.0.1:${NEWSCITE_PORT}/healthz', timeout=8)"

# It starts only with NEWSCITE_TOKEN or NEWSCITE_USERS.
ENTRYPOINT ["newscite"]
CMD ["serve", "--host", "0.0.0.0"]
