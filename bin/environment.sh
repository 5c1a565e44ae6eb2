# Sourced by bin/demo and bin/test: goes to the project's folder, finds uv or installs it inside the project
# (.venv-outils), and makes the environment that uv.lock describes.

fail() {
    printf '%s\n' "$*" >&2
    exit 2
}

enter_project() {
    local name value
    for name in REGISTRE_DIR REGISTRE_CLE_MAITRE_FICHIER REGISTRE_SECRET_FICHIER; do
        value="${!name:-}"
        case "$value" in
            '' | /*) ;;
            *) export "$name=$PWD/$value" ;; # relative to where the caller stands
        esac
    done
    unset VIRTUAL_ENV PYTHONHOME
    cd "$1"
    TOOLS="$PWD/.venv-outils"
    ENVIRONMENT="${UV_PROJECT_ENVIRONMENT:-.venv}"
    if [ -z "${HOME:-}" ] || [ ! -w "$HOME" ]; then
        export HOME="$TOOLS/home"
        mkdir -p "$HOME"
    fi
}

usable_uv() {
    local version
    version="$("$1" --version 2>/dev/null)" || return 1
    version="${version#uv }"
    printf '0.5.0\n%s\n' "${version%% *}" | sort -C -V # older ones do not know dependency groups
}

find_python() {
    local name
    for name in python3 python python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            command -v "$name"
            return
        fi
    done
    command -v python3 # too old for Registre, enough to fetch uv, which may find another
}

install_uv() {
    local python log="$TOOLS/installation.log"
    python="$(find_python)" || fail "Il faut Python 3.11 ou plus récent, avec pip ou venv (Debian, Ubuntu : apt-get install python3-venv), ou uv."
    rm -rf "$TOOLS/uv"
    mkdir -p "$TOOLS"
    printf 'Installation de uv dans .venv-outils…\n' >&2
    if "$python" -m venv "$TOOLS/uv" >"$log" 2>&1 && "$TOOLS/uv/bin/python" -m pip install --quiet uv >>"$log" 2>&1; then
        return
    fi
    rm -rf "$TOOLS/uv"
    if "$python" -m pip install --quiet --target "$TOOLS/uv" uv >>"$log" 2>&1; then
        return
    fi
    cat "$log" >&2
    fail "uv n'a pas pu être installé : il faut venv ou pip (Debian, Ubuntu : apt-get install python3-venv) et l'accès à un index de paquets."
}

find_uv() {
    UV=uv
    usable_uv "$UV" && return
    UV="$TOOLS/uv/bin/uv"
    usable_uv "$UV" && return
    install_uv
    usable_uv "$UV" || fail "uv est installé dans $TOOLS/uv, mais ne fonctionne pas sur cette machine."
}

# The machine's settings for pip hold for uv too, and the authorities that the machine trusts.
follow_pip() {
    local store
    for store in "${PIP_CERT:-}" /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt; do
        [ ! -r "$store" ] || export SSL_CERT_FILE="${SSL_CERT_FILE:-$store}"
    done
    [ -z "${PIP_PROXY:-}" ] || export ALL_PROXY="${ALL_PROXY:-$PIP_PROXY}"
    [ -z "${PIP_DEFAULT_TIMEOUT:-}" ] || export UV_HTTP_TIMEOUT="${UV_HTTP_TIMEOUT:-$PIP_DEFAULT_TIMEOUT}"
    [ -z "${PIP_INDEX_URL:-}" ] || export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$PIP_INDEX_URL}"
    [ -z "${PIP_EXTRA_INDEX_URL:-}" ] || export UV_INDEX="${UV_INDEX:-$PIP_EXTRA_INDEX_URL}"
    [ -z "${PIP_FIND_LINKS:-}" ] || export UV_FIND_LINKS="${UV_FIND_LINKS:-${PIP_FIND_LINKS// /,}}"
    [ -z "${PIP_NO_INDEX:-}" ] || export UV_NO_INDEX="${UV_NO_INDEX:-1}"
}

# The lock names the files of the public index; behind another index, the same versions with the same digests.
install_from_mirror() {
    local requirements="$TOOLS/requirements.txt"
    mkdir -p "$TOOLS"
    [ -x "$ENVIRONMENT/bin/python" ] || "$UV" venv --quiet "$ENVIRONMENT" || return 1
    "$UV" export --quiet --frozen --no-emit-project "$@" --output-file "$requirements" &&
        "$UV" pip install --quiet --python "$ENVIRONMENT" --requirement "$requirements" &&
        "$UV" pip install --quiet --python "$ENVIRONMENT" --no-deps --editable .
}

# Arguments: those of uv sync that choose the groups. What another group installed stays.
make_environment() {
    local quiet=()
    find_uv
    follow_pip
    [ ! -d "$ENVIRONMENT" ] || quiet=(--quiet)
    if [ -n "${UV_DEFAULT_INDEX:-}${UV_NO_INDEX:-}" ]; then
        install_from_mirror "$@" && return
    else
        "$UV" sync --frozen --inexact ${quiet[@]+"${quiet[@]}"} "$@" && return
    fi
    "$(find_python)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
        fail "Il faut Python 3.11 ou plus récent : cette machine n'en a pas, et uv n'a pas pu en obtenir un (voir ci-dessus)."
    fail "L'environnement n'a pas pu être installé (voir ci-dessus)."
}
