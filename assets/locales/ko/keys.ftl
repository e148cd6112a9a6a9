# 키 페어: 만들기, 가져오기, 삭제, 변환, 이 컴퓨터의 파일 권한.

## 키와 표시
key-new-key = 새 키 페어
key-import-key = 가져오기
key-export-key = PuTTY용 변환
key-lock-key = 권한 제한
column-created = 생성일
mark-key-ppk = .ppk만 있음
details-private-ppk = 프라이빗 키가 .ppk로만 있습니다. PuTTY용이며 ssh는 사용할 수 없습니다.
details-private-silent = 암호화되어 어떤 키인지 알 수 없는 파일에 있을 수도 있습니다: { $paths }
why-key-not-here = 프라이빗 키가 이 컴퓨터에 없습니다.
why-key-is-closed = 본인만 읽을 수 있습니다. 바꿀 것이 없습니다.

## 새로 만들기
new-key-title = 새 키 페어
new-key-kind = 유형
new-key-ed25519 = ed25519
new-key-rsa = RSA { $bits }
new-key-ed25519-hint = 짧고 최신 방식입니다. Windows 이미지에는 RSA가 필요합니다.
new-key-rsa-hint = Windows 이미지에 필요합니다.
new-key-rsa-3072-hint = EC2 가이드에는 2048비트와 4096비트만 나옵니다. 3072비트를 받는지는 응답을 보아야 압니다.
new-key-file = 프라이빗 키 파일 { $path }
new-key-file-made = 이미 만들었고 아직 AWS에 없음: { $path }
new-key-file-there = { $path } 파일에 다른 프라이빗 키가 이미 있으며, 덮어쓰지 않습니다. 다른 이름을 선택하십시오.
new-key-note = 프라이빗 키를 이 컴퓨터에서 만들어 먼저 저장합니다. AWS에는 퍼블릭 키만 보냅니다.
new-key-file-stays = 프라이빗 키는 { $path } 파일에 그대로 있습니다. AWS에는 아직 퍼블릭 키가 없습니다.
new-key-left-behind = 키 페어 { $name }: 프라이빗 키는 { $path } 파일에 있고, AWS에 퍼블릭 키가 있는지는 아직 알 수 없습니다.
task-new-key = { $name } 키 페어 생성 중
done-new-key = { $name } 키 페어를 만들었습니다. 프라이빗 키 파일은 { $path }입니다.

## 가져오기
import-key-title = 퍼블릭 키 가져오기
import-key-found = 이 컴퓨터의 키
import-key-found-hint = 아직 이 리전의 키 페어에 없는 프라이빗 키입니다.
import-key-other = 다른 파일
import-key-path = 파일
import-key-path-hint = 퍼블릭 키(.pub) 또는 이 컴퓨터에 있는 프라이빗 키입니다.
import-key-path-empty = 파일이 필요합니다.
import-key-note = 프라이빗 키에서는 퍼블릭 키만 읽어서 보냅니다. EC2는 RSA와 ed25519를 받습니다.
key-input-passphrase = 파일의 암호
key-input-passphrase-hint = 파일을 여는 데만 쓰고 저장하지 않습니다.
task-import-key = { $name } 가져오는 중
done-import-key = { $name } 키 페어를 { $path } 파일에서 가져왔습니다.
problem-not-for-ec2 = { $path } 파일의 키 종류는 { $kind }입니다. EC2는 RSA와 ed25519만 받으므로 아무것도 보내지 않았습니다.
problem-not-for-ec2-next = 다른 키를 가져오거나 새 키 페어를 만드십시오.

## 삭제
delete-key-title = { $name }({ $id }) 키 페어를 삭제할까요?
delete-key-users = 이 키 페어로 시작한 인스턴스 { $n }개:
delete-key-users-unknown = 인스턴스 목록을 읽지 못해 어떤 인스턴스가 이 키 페어로 시작되었는지 알 수 없습니다.
delete-key-unused = 이 리전에 이 키 페어로 시작한 인스턴스가 없습니다.
delete-key-servers-keep-it = 서버에는 남습니다. 삭제해도 서버의 authorized_keys에서 빠지지 않으므로 프라이빗 키가 있는 사람은 계속 접속할 수 있습니다.
delete-key-file-stays = 프라이빗 키 파일은 이 컴퓨터에 그대로 있습니다: { $paths }
delete-key-no-file = 프라이빗 키가 이 컴퓨터에 없습니다.
task-delete-key = { $name } 키 페어 삭제 중
done-delete-key = AWS에서 { $name } 키 페어를 삭제했습니다.

## PuTTY용 변환
export-key-title = { $name } 프라이빗 키 변환
export-key-from = 프라이빗 키
export-key-to = 새 파일
export-key-to-hint = 이미 있는 파일은 덮어쓰지 않습니다.
export-key-to-empty = 파일이 필요합니다.
export-key-version = 파일 버전
export-key-version-3 = 3
export-key-version-2 = 2
export-key-version-hint = 0.75(2021년 5월)보다 오래된 PuTTY에는 2가 필요합니다.
export-key-passphrase = 새 암호
export-key-passphrase-hint = 새 파일을 쓸 때마다 입력합니다. 저장하지 않습니다.
export-key-again = 암호 다시 입력
export-key-differs = 두 암호가 다릅니다.
export-key-no-passphrase = 암호가 없으면 파일을 가진 사람은 누구나 로그인할 수 있습니다.
export-key-note-ppk = PuTTY는 .ppk 파일만 사용합니다. 지금 있는 프라이빗 키 파일은 그대로 둡니다.
export-key-note-pem = PuTTY 파일입니다. ssh가 사용할 수 있는 파일로 변환합니다. .ppk 파일은 그대로 둡니다.
task-export-key = { $name } 프라이빗 키 변환 중
done-export-ppk = { $path } 파일을 저장했습니다. PuTTY의 Connection > SSH > Auth > Credentials에서 선택하십시오.
done-export-pem = { $path } 파일을 저장했습니다. ssh에서 사용할 수 있습니다.

## 파일 권한
task-lock-key = { $name } 프라이빗 키 권한 변경 중
done-lock-key = { $n ->
    [one] 이제 본인만 읽을 수 있습니다: { $paths }
   *[other] 이제 파일 { $n }개를 본인만 읽을 수 있습니다: { $paths }
}
