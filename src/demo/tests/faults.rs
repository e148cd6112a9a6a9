use aws_sdk_ec2::operation::RequestId;

use super::*;

#[tokio::test(start_paused = true)]
async fn an_ordered_refusal_comes_as_often_as_ordered_and_changes_nothing() {
    let account = DemoAccount::lived_in(clock());
    let client = seoul(&account);
    let web = id(&named(&client, "web-1").await);
    account.fail_next("StopInstances", "RequestLimitExceeded", "Request limit exceeded.", 2);
    for _ in 0..2 {
        let refused = client.stop_instances().instance_ids(&web).send().await.unwrap_err();
        assert_eq!(refused.raw_response().unwrap().status().as_u16(), 503);
        assert_eq!(
            (refused.code(), refused.message()),
            (Some("RequestLimitExceeded"), Some("Request limit exceeded."))
        );
        assert!(refused.request_id().is_some());
    }
    assert_eq!(state(&client, &web).await, InstanceStateName::Running);
    assert_eq!(code(client.stop_instances().instance_ids(&web).send().await), "(done)");
}

#[tokio::test(start_paused = true)]
async fn a_lost_reply_leaves_the_work_done() {
    let account = DemoAccount::empty(clock());
    let client = seoul(&account);
    account.lose_reply("AllocateAddress");
    assert_eq!(code(client.allocate_address().send().await), "(lost)");
    assert_eq!(client.describe_addresses().send().await.unwrap().addresses().len(), 1);
    assert_eq!(account.calls(), ["AllocateAddress", "DescribeAddresses"]);
}

#[tokio::test(start_paused = true)]
async fn expired_credentials_and_no_connection_stop_everything() {
    let account = DemoAccount::lived_in(clock());
    let clients = clients(&account, "ap-northeast-2");
    account.set_credentials_expired(true);
    assert_eq!(code(clients.ec2.describe_vpcs().send().await), "RequestExpired");
    assert_eq!(code(clients.sts.get_caller_identity().send().await), "ExpiredToken");
    account.set_credentials_expired(false);
    account.set_unreachable(true);
    assert_eq!(code(clients.ec2.describe_vpcs().send().await), "(unreachable)");
    account.set_unreachable(false);
    let me = clients.sts.get_caller_identity().send().await.unwrap();
    assert_eq!((me.account(), me.arn()), (Some("123456789012"), Some("arn:aws:iam::123456789012:user/demo")));
}

#[tokio::test(start_paused = true)]
async fn an_operation_without_an_answer_says_so() {
    let clients = clients(&DemoAccount::empty(clock()), "ap-northeast-2");
    let refused = clients.ec2.describe_nat_gateways().send().await.unwrap_err();
    assert_eq!(refused.code(), Some("UnsupportedOperation"));
    assert!(refused.message().unwrap().contains("DescribeNatGateways"));
    let refused = clients.sts.get_session_token().send().await.unwrap_err();
    assert_eq!(refused.code(), Some("UnsupportedOperation"));
}

#[tokio::test(start_paused = true)]
async fn a_region_that_is_not_enabled_or_does_not_exist_refuses() {
    let account = DemoAccount::lived_in(clock());
    assert_eq!(code(clients(&account, "ap-southeast-3").ec2.describe_vpcs().send().await), "AuthFailure");
    assert_eq!(code(clients(&account, "xx-nowhere-1").ec2.describe_vpcs().send().await), "(unreachable)");
}
