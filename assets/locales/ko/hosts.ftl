# 저장한 호스트, PuTTY 세션, Windows 접속 방법.

## 저장한 호스트
task-hosts = 호스트 저장 중
hosts-title = 호스트 { $n }개를 ssh에 저장할까요?
hosts-entries = ec2deck 전용 파일 { $path }에 저장할 항목 { $n }개:
hosts-entries-there = { $path }에 이미 있는 항목 { $n }개:
hosts-asleep = 인스턴스 { $n }개는 지금 주소가 없어 항목을 만들지 않습니다.
hosts-line = { $path } 맨 위에 한 줄을 추가합니다. 나머지는 그대로 둡니다:
hosts-none = ssh로 접속할 주소가 있는 인스턴스가 없습니다.
hosts-unchanged = 바꿀 것이 없습니다. { $path }에 호스트 { $n }개가 저장되어 있습니다.
hosts-done = 이제 모든 도구에서 ssh { $alias } 명령을 쓸 수 있습니다(호스트 { $n }개).
hosts-done-none = { $path }에 이 리전의 호스트가 더 이상 없습니다.
hosts-not-followed = 저장한 호스트를 최신 상태로 바꾸지 못했습니다. H 키로 이유를 확인하세요.

## PuTTY 세션
way-putty = PuTTY 세션으로 저장
task-putty = { $name } PuTTY 세션 저장 중
putty-done = PuTTY에 { $name } 세션을 저장했습니다: { $path }
putty-done-with-key = PuTTY에 { $name } 세션을 저장했습니다: { $path }, 키 { $key }
putty-import-title = PuTTY가 찾을 수 있도록 세션을 레지스트리에 넣을까요?
putty-import-command = 실행할 명령: { $command }
putty-import-replaces = 이름이 { $name }인 기존 PuTTY 세션은 바뀝니다.
putty-importing = PuTTY 세션 { $name } 저장 중입니다.
putty-not-imported = 세션을 레지스트리에 넣지 못했습니다. 파일은 남아 있습니다.
unlock-title = { $name }의 프라이빗 키가 암호화되어 있습니다
unlock-note-putty = PuTTY용 키에도 같은 암호를 씁니다.
unlock-empty = 파일의 암호를 입력하세요.
why-putty-jump = 점프 호스트를 거치는 접속은 PuTTY 세션으로 저장할 수 없습니다.
why-no-key-pair = 키 페어 없이 시작한 인스턴스입니다.
why-no-key-here = 프라이빗 키 파일이 없습니다.
why-key-not-rsa = 비밀번호는 RSA 키로만 풀 수 있습니다.

## Windows
way-copy-rdp = 복사: 원격 데스크톱 주소
way-password = Administrator 비밀번호 보기
task-password = { $name } 비밀번호 요청 중
password-title = { $name } Administrator 비밀번호
password-user = 사용자는 Administrator입니다. y 키로 비밀번호를 복사합니다.
password-kept = 어디에도 저장하지 않습니다. 이 페이지를 닫으면 사라집니다.
password-shown = 비밀번호는 이 화면에만 표시됩니다.
password-copied = 비밀번호를 클립보드에 복사했습니다.
password-none = { $name } 인스턴스가 알려 준 비밀번호가 없습니다.
password-none-yet = Windows는 첫 부팅 때 비밀번호를 만들며, EC2가 알려 주기까지 시작 후 약 4분이 걸립니다. 잠시 후 다시 시도하세요.
password-none-ever = EC2Launch나 Sysprep으로 일반화하지 않은 사용자 이미지는 비밀번호를 만들지 않습니다. 이미지를 만든 컴퓨터의 비밀번호를 그대로 씁니다.
key-copy-password = 복사
