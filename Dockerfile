# Front-end files: npm is only a package manager here, nothing is built.
FROM node:22-bookworm-slim AS assets
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --omit=dev --no-audit --no-fund

FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=config.settings.production \
    PYTHONPATH=/app:/app/site THUISLOKET_DATA=/data STATIC_ROOT=/app/static-files
WORKDIR /app
COPY requirements/base.txt requirements/base.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/base.txt
COPY --from=assets /app/node_modules node_modules
COPY . .
RUN SECRET_KEY=build DATABASE_URL=sqlite:////tmp/x EMAIL_URL=dummymail:// python manage.py collectstatic --noinput \
    && useradd --system --uid 1000 loket && mkdir -p /data && chown loket /data
USER loket
VOLUME /data
EXPOSE 8000
HEALTHCHECK CMD python -c "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/-/healthz')"
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4"]
