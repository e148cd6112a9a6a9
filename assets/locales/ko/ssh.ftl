# 접속: ssh에 넘길 수 있는 값, 기억하는 값, 그리고 생길 수 있는 문제.

## 로그인의 각 부분과 거부되는 이유
login-part-instance = 인스턴스 ID
login-part-host = 주소
login-part-port = 포트
login-part-user = 로그인 사용자
login-part-jump = 점프 호스트
login-part-key = 프라이빗 키 경로
login-part-file = 파일 경로
login-refused-empty = { $part }: 값이 비어 있습니다.
login-refused-option = { $part }: "-"로 시작하면 ssh가 옵션으로 받아들입니다.
login-refused-character = { $part }: 사용할 수 없는 문자가 있습니다: { $character }
login-refused-long = { $part }: 값이 너무 깁니다.
login-refused-shape = { $part }: 형식이 올바르지 않습니다.
login-no-address = 인스턴스에 주소가 없습니다.

## 주소의 종류
address-kind-elastic = 탄력적 IP
address-kind-public = 퍼블릭 주소
address-kind-private = 프라이빗 주소
address-kind-ipv6 = IPv6 주소

## 설정 파일
setting-unknown = { $line }행 { $column }열: { $key } 항목은 알 수 없어 건너뜁니다.
setting-syntax = TOML 형식이 아닙니다: { $words }
setting-table = [{ $name }] 항목은 테이블이어야 합니다.
setting-text = 따옴표로 묶은 텍스트여야 합니다.
setting-port = 1에서 65535까지의 숫자여야 합니다.
setting-yes-or-no = true 또는 false여야 합니다.

## 되지 않은 일, 이유, 다음에 할 일
problem-what-read-remembered = 설정을 읽지 못했습니다.
problem-what-write-remembered = 설정을 저장하지 못했습니다.
problem-what-write-hosts = 호스트를 등록하지 못했습니다.
problem-what-write-putty = PuTTY 세션을 저장하지 못했습니다.
problem-what-scan-host-keys = 호스트 키를 읽지 못했습니다.
problem-what-known-hosts = 알려진 호스트를 읽거나 바꾸지 못했습니다.
problem-setting = { $path } { $line }행 { $column }열: { $fault }
problem-setting-next = 해당 행을 고치거나 지우세요. 그때까지 파일을 바꾸지 않습니다.
problem-no-program = 이 컴퓨터에서 { $name } 프로그램을 찾지 못했습니다.
problem-no-program-next = { $name } 프로그램을 설치하거나 해당 폴더를 PATH에 추가하세요.
