# Asterisk 22 from Debian's packages with this project's configuration. Built and run by compose.yaml; see README.md here.
ARG DEBIAN=docker.io/library/debian:sid-slim

FROM ${DEBIAN}
# Debian's unstable moves; another major version is not what this project is tested with.
RUN apt-get update && \
    apt-get install -y --no-install-recommends asterisk asterisk-core-sounds-en-wav tini && \
    rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/*.log /var/log/asterisk /etc/asterisk && \
    version=$(asterisk -V) && \
    case "$version" in "Asterisk 22."*) ;; *) echo "This Debian carries $version, not 22: build with --build-arg DEBIAN=… of one that does." >&2; exit 1 ;; esac && \
    groupadd --gid 10001 voiceai && \
    useradd --uid 10002 --gid 10001 --home-dir /var/lib/voiceai-asterisk --no-create-home --shell /usr/sbin/nologin voiceai-asterisk && \
    install -d -o 10002 -g 10001 -m 750 /var/lib/voiceai-asterisk /var/lib/voiceai-secrets && \
    ln -s /var/lib/voiceai-asterisk/etc /etc/asterisk
COPY asterisk-config /voiceai/asterisk-config
COPY scripts/asterisk.sh /voiceai/scripts/asterisk.sh
COPY scripts/lib/common.sh scripts/lib/platform.sh scripts/lib/asterisk.sh /voiceai/scripts/lib/
COPY docker/asterisk-start.sh /usr/local/bin/asterisk-start
COPY docker/asterisk-healthy.sh /usr/local/bin/asterisk-healthy
USER 10002:10001
WORKDIR /var/lib/voiceai-asterisk
EXPOSE 5060/udp 8088/tcp
STOPSIGNAL SIGTERM
ENTRYPOINT ["tini", "--", "asterisk-start"]
