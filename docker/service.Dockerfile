# The voice service with its engines, self-contained on Debian. Built and run by compose.yaml; see README.md here.
ARG DEBIAN=docker.io/library/debian:sid-slim
ARG DOTNET_SDK=mcr.microsoft.com/dotnet/sdk:10.0

FROM ${DOTNET_SDK} AS build
WORKDIR /voiceai
COPY .editorconfig Directory.Build.props Directory.Packages.props ./
COPY eng eng
COPY scripts/models.txt scripts/voices.txt scripts/
COPY src src
RUN --mount=type=cache,id=voiceai-nuget,target=/root/.nuget/packages \
    dotnet publish src/AsteriskVoiceAi.Service -c Release -r linux-x64 --self-contained -p:PublishReadyToRun=true --nologo -o /publish

# Every model file is pinned by size and hash in scripts/models.txt. docker/models may hold them where the network has not.
FROM ${DEBIAN} AS models
ARG MODELS=""
ARG VOICES=""
WORKDIR /voiceai
COPY scripts/get-models.sh scripts/get-voice.sh scripts/models.txt scripts/voices.txt scripts/
COPY scripts/lib/common.sh scripts/lib/platform.sh scripts/lib/download.sh scripts/lib/
COPY docker/models /mirror
ENV VOICEAI_STATE=/state VOICEAI_CACHE=/cache VOICEAI_MODEL_MIRROR=/mirror
RUN --mount=type=cache,id=voiceai-models,target=/cache \
    scripts/get-models.sh && \
    if [ -n "$MODELS" ]; then scripts/get-models.sh $MODELS; fi && \
    if [ -n "$VOICES" ]; then scripts/get-voice.sh $VOICES; fi

FROM ${DEBIAN}
ARG PACKAGES="flite espeak-ng"
# openssl brings the library that .NET's TLS needs, by whatever name this Debian has it.
RUN apt-get update && \
    apt-get install -y --no-install-recommends ca-certificates openssl tini $PACKAGES && \
    rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/*.log && \
    groupadd --gid 10001 voiceai && \
    useradd --uid 10001 --gid 10001 --home-dir /var/lib/voiceai --no-create-home --shell /usr/sbin/nologin voiceai && \
    install -d -o voiceai -g voiceai -m 750 /var/lib/voiceai /var/lib/voiceai/models /var/lib/voiceai/records \
        /var/lib/voiceai/recordings /var/lib/voiceai/cache && \
    install -d -o 10002 -g voiceai -m 750 /var/lib/voiceai-secrets
COPY --from=models /state/models /usr/share/voiceai/models
COPY --from=build /publish /opt/voiceai
COPY docker/service-start.sh /usr/local/bin/service-start
COPY docker/service-healthy.sh /usr/local/bin/service-healthy
COPY docker/voiceai.yaml /etc/voiceai/voiceai.yaml
COPY flows /etc/voiceai/flows
RUN ln -s /opt/voiceai/voiceai /usr/local/bin/voiceai
# Where things are in this image, and open to the composition's own network; voiceai.yaml holds what an operator decides.
# Diagnostics would want a socket, and nobody is there to use it.
ENV DOTNET_EnableDiagnostics=0 \
    VOICEAI__FASTAGI__ADDRESS=0.0.0.0 \
    VOICEAI__AUDIOSOCKET__ADDRESS=0.0.0.0 \
    VOICEAI__RTP__ADDRESS=0.0.0.0 \
    VOICEAI__HTTP__ADDRESS=0.0.0.0 \
    VOICEAI__FLOWS__FOLDER=/etc/voiceai/flows \
    VOICEAI__FLOWS__VECTORS_FOLDER=/var/lib/voiceai/cache/vectors \
    VOICEAI__PROMPTS__FOLDER=/var/lib/voiceai/cache/prompts \
    VOICEAI__RECORDING__FOLDER=/var/lib/voiceai/recordings \
    VOICEAI__SPEECH__MODELS_FOLDER=/var/lib/voiceai/models \
    VOICEAI__SPEECH__PREPARED_MODELS_FOLDER=/var/lib/voiceai/cache/prepared-models
USER 10001:10001
WORKDIR /var/lib/voiceai
EXPOSE 8090/tcp 4573/tcp 9093/tcp
STOPSIGNAL SIGTERM
ENTRYPOINT ["tini", "--", "service-start"]
