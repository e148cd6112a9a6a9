# 인스턴스 접속.

key-connect = 접속
key-ways-in = 접속 방법
key-login-settings = 로그인 설정
key-remember-hosts = 호스트 저장
key-doctor = 왜 접속되지 않나요

ways-title = { $name } 접속 방법
way-ssh = 이 터미널에서 ssh
way-copy-ssh = 복사: ssh
way-copy-forward = 복사: 포트 전달
way-copy-scp-to = 복사: 파일 보내기
way-copy-scp-from = 복사: 파일 가져오기

task-connect = { $name } 접속 중
connect-says = { $name }: { $user }@{ $host }. { $key }
connect-key-known = 호스트 키는 이전에 확인한 것입니다.
connect-key-verified = 호스트 키가 인스턴스 콘솔 출력과 일치합니다.
connect-key-unverified = 호스트 키를 인스턴스 콘솔 출력과 비교하지 못했습니다. 지금의 키를 저장합니다.
connect-other-key-title = 접속하지 않았습니다
connect-other-key = { $host }에서 응답하는 서버는 { $name } 인스턴스가 아닙니다. 첫 부팅 때 콘솔에 표시된 호스트 키와 다릅니다.
connect-other-key-shown = 받은 키: { $fingerprint }
connect-other-key-next = 서버에서 직접 호스트 키를 새로 만든 것이 아니라면 누군가 중간에 있을 수 있습니다. 아무것도 보내지 않았습니다.
connect-not = { $name }에 접속하지 않았습니다.
connect-silent = { $name }: { $host } 포트 { $port }에서 응답이 없습니다. D 키로 이유를 확인하세요.
connect-ended = { $name } 접속이 끝났습니다.
connect-failed = ssh로 { $name }에 접속하지 못했습니다. D 키로 이유를 확인하세요.
connect-no-ssh = 이 컴퓨터에 ssh 프로그램이 없습니다. OpenSSH 클라이언트를 설치하세요.
connect-not-run = 시스템이 프로그램 실행을 허용하지 않았습니다.
connect-no-home = 홈 폴더를 찾을 수 없어 알려진 호스트를 저장할 곳이 없습니다.
why-not-running = 실행 중이 아닙니다.

login-title = { $name } 로그인
login-field-user = 사용자
login-field-port = 포트
login-field-jump = 점프 호스트
login-field-private = 프라이빗 주소
login-usual = 이 종류의 이미지에서 보통 쓰는 사용자: { $users }
login-no-jump = 없음
login-hint-jump = USER@HOST:PORT, VPC 전체에 적용됩니다. 프라이빗 주소로 가기 위해 거치는 호스트입니다.
login-note = 사용자는 같은 종류의 모든 이미지에, 점프 호스트와 프라이빗 주소는 VPC에 저장됩니다.
login-kept-in = { $path } 파일에 저장되며 직접 편집할 수 있습니다.
login-remembered = { $name } 로그인 설정을 저장했습니다.
task-remember = 저장 중
connect-windows = Windows 인스턴스에는 ssh가 아니라 원격 데스크톱으로 접속합니다.
