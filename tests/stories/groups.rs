//! Security groups: one key lets one's own address in and another keeps everybody else out, rules are written in a form
//! and taken back, groups are made, copied, tagged, deleted, and put on instances.

use crate::support::{Stage, Story};

/// What this program writes into a rule of its own on the machine of the stories.
const OWN: &str = "ec2deck kim@laptop (7f3a2c1d) 2026-01-01";

/// Inbound rules of a group in the demo account, as `protocol from-to peer`.
fn inbound(story: &Story, group: &str) -> Vec<String> {
    let mut rules: Vec<String> = story
        .demo()
        .rules_of(group)
        .into_iter()
        .filter(|rule| !rule.egress)
        .map(|rule| {
            let ports = rule.ports.map(|(from, to)| format!("{from}-{to}")).unwrap_or_default();
            format!("{} {ports} {}", rule.protocol, rule.peer)
        })
        .collect();
    rules.sort();
    rules
}

/// A rule for TCP that somebody else adds behind the program's back; gives its id.
fn given(story: &Story, group: &str, from: i32, to: i32, peer: &str, description: &str) -> String {
    story.demo().given_rule(group, "tcp", from, to, peer, description).expect("the group is there")
}

/// web-1 is selected, and its group no longer lets the person in.
async fn without_ssh_in_web() -> Story {
    let mut story = Stage::demo().open().await;
    story.select("web-1").await.keys("e").await.sees("SSH");
    story.keys("dy").await;
    story.keys("<esc>").await;
    assert_eq!(inbound(&story, "web"), ["tcp 443-443 0.0.0.0/0", "tcp 8080-8080 198.51.100.7/32"]);
    story
}

#[tokio::test(start_paused = true)]
async fn my_address_is_let_in_already_and_nothing_is_changed() {
    let mut story = Stage::demo().open().await;
    let before = inbound(&story, "web");
    story.select("web-1").await.keys("i").await;
    story.sees_in_one_line(&["198.51.100.7", "already", "SSH 22", "web"]);
    assert_eq!(inbound(&story, "web"), before);
    assert_eq!(story.calls_of("AuthorizeSecurityGroupIngress") + story.calls_of("ModifySecurityGroupRules"), 0);
}

#[tokio::test(start_paused = true)]
async fn a_wider_rule_covers_my_address_too() {
    let mut story = without_ssh_in_web().await;
    given(&story, "web", 20, 30, "198.51.0.0/16", "office");
    story.keys("i").await.sees_in_one_line(&["already", "20-30", "198.51.0.0/16"]);
    assert_eq!(story.calls_of("AuthorizeSecurityGroupIngress"), 0);
}

#[tokio::test(start_paused = true)]
async fn a_prefix_list_that_holds_my_address_covers_it() {
    let mut story = without_ssh_in_web().await;
    let list = story.demo().prefix_list_id("office");
    given(&story, "web", 22, 22, &list, "by list");
    story.keys("i").await;
    // The list does not hold 198.51.100.7, so a rule is added after the list was looked into.
    assert_eq!(story.calls_of("GetManagedPrefixListEntries"), 1);
    assert_eq!(story.calls_of("AuthorizeSecurityGroupIngress"), 1);
}

#[tokio::test(start_paused = true)]
async fn my_own_older_rule_moves_without_a_gap_and_comes_back_with_u() {
    let mut story = without_ssh_in_web().await;
    let id = given(&story, "web", 22, 22, "203.0.113.50/32", OWN);
    story.keys("i").await;
    story.sees_in_one_line(&["198.51.100.7", "203.0.113.50/32", "web"]);
    let moved = story.demo().rules_of("web").into_iter().find(|rule| rule.id == id).expect("the same rule");
    assert_eq!(moved.peer, "198.51.100.7/32");
    assert_eq!(moved.description.as_deref(), Some("ec2deck kim@laptop (7f3a2c1d) 2026-11-23"));
    assert_eq!(story.calls_of("ModifySecurityGroupRules"), 1);
    assert_eq!(story.calls_of("AuthorizeSecurityGroupIngress"), 0);

    story.keys("u").await.sees("Taken back");
    let back = story.demo().rules_of("web").into_iter().find(|rule| rule.id == id).expect("the same rule");
    assert_eq!((back.peer.as_str(), back.description.as_deref()), ("203.0.113.50/32", Some(OWN)));
}

#[tokio::test(start_paused = true)]
async fn somebody_elses_rule_is_never_touched_and_a_shared_group_says_so() {
    let mut story = without_ssh_in_web().await;
    let theirs = "ec2deck lee@desk (00000000) 2026-01-01";
    let id = given(&story, "web", 22, 22, "203.0.113.8/32", theirs);
    story.keys("i").await;
    // web-1 and batch-2 carry the group.
    story.sees_in_one_line(&["web", "198.51.100.7", "1 other instance"]);
    let rules = story.demo().rules_of("web");
    let foreign = rules.iter().find(|rule| rule.id == id).expect("it is still there");
    assert_eq!((foreign.peer.as_str(), foreign.description.as_deref()), ("203.0.113.8/32", Some(theirs)));
    let mine = rules.iter().find(|rule| rule.peer == "198.51.100.7/32" && rule.ports == Some((22, 22)));
    assert_eq!(
        mine.expect("a rule of one's own").description.as_deref(),
        Some("ec2deck kim@laptop (7f3a2c1d) 2026-11-23")
    );
    story.keys("u").await;
    assert!(!inbound(&story, "web").contains(&"tcp 22-22 198.51.100.7/32".to_owned()));
    assert!(story.demo().rules_of("web").iter().any(|rule| rule.id == id));
}

#[tokio::test(start_paused = true)]
async fn of_several_groups_the_one_with_ssh_rules_is_taken() {
    let mut story = without_ssh_in_web().await;
    assert!(story.demo().put_in_group("web-1", "win"));
    given(&story, "win", 22, 22, "203.0.113.8/32", "the admins");
    story.keys("ri").await.sees_in_one_line(&["win", "198.51.100.7", "SSH"]);
    assert!(inbound(&story, "win").contains(&"tcp 22-22 198.51.100.7/32".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_windows_instance_gets_remote_desktop() {
    let mut story = Stage::demo().open().await;
    story.select("win-office").await.keys("edy<esc>i").await;
    story.sees_in_one_line(&["RDP", "198.51.100.7", "win"]);
    assert_eq!(inbound(&story, "win"), ["tcp 3389-3389 198.51.100.7/32"]);
}

#[tokio::test(start_paused = true)]
async fn an_ipv6_address_becomes_a_rule_of_its_own() {
    let mut story = Stage::demo().seen_as("2001:db8::7").open().await;
    story.select("web-1").await.keys("i").await;
    assert!(inbound(&story, "web").contains(&"tcp 22-22 2001:db8::7/128".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn on_a_group_the_same_key_does_the_same() {
    let mut story = without_ssh_in_web().await;
    story.keys("2").await.select("web").await.keys("i").await;
    assert!(inbound(&story, "web").contains(&"tcp 22-22 198.51.100.7/32".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn an_address_that_no_service_tells_is_typed() {
    let mut story = Stage::demo().seen_as_nobody().open().await;
    story.select("web-1").await.keys("i").await.says("my-address-why");
    story.keys("not an address<enter>").await.says("group-my-address-wrong");
    story.retype("192.0.2.9").await.keys("<enter>").await;
    assert!(inbound(&story, "web").contains(&"tcp 22-22 192.0.2.9/32".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn without_permission_the_missing_one_is_named_and_nothing_is_changed() {
    let mut story = without_ssh_in_web().await;
    story.demo().fail_next("AuthorizeSecurityGroupIngress", "UnauthorizedOperation", "You are not authorized.", 1);
    let before = inbound(&story, "web");
    story.keys("i").await.sees("ec2:AuthorizeSecurityGroupIngress");
    assert_eq!(inbound(&story, "web"), before);
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_settled_by_looking_and_the_rule_is_there_once() {
    let mut story = without_ssh_in_web().await;
    story.demo().lose_reply("AuthorizeSecurityGroupIngress");
    story.keys("i").await.sees_in_one_line(&["web", "198.51.100.7", "lets"]);
    assert_eq!(story.calls_of("AuthorizeSecurityGroupIngress"), 1);
    assert_eq!(inbound(&story, "web").iter().filter(|rule| *rule == "tcp 22-22 198.51.100.7/32").count(), 1);
    story.keys("u").await;
    assert!(!inbound(&story, "web").contains(&"tcp 22-22 198.51.100.7/32".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_duplicate_that_only_ec2_knows_of_is_explained_in_the_form() {
    let mut story = Stage::demo().open().await;
    let there =
        "the specified rule \"peer: 198.51.100.7/32, TCP, from port: 9000, to port: 9000, ALLOW\" already exists";
    story.demo().fail_next("ModifySecurityGroupRules", "InvalidPermission.Duplicate", there, 1);
    story.keys("2").await.select("web").await.keys("eG<enter><tab>").await;
    story.retype("9000").await.keys("<enter>").await.says("code-rule-duplicate");
    assert!(inbound(&story, "web").contains(&"tcp 8080-8080 198.51.100.7/32".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_rule_that_changes_its_kind_of_source_is_replaced_without_a_gap() {
    let mut story = Stage::demo().open().await;
    let before = story.calls_of("ModifySecurityGroupRules");
    story.keys("2").await.select("web").await.keys("e<enter><tab><right><enter>").await;
    let own_id = story.demo().group_id("web");
    assert!(inbound(&story, "web").contains(&format!("tcp 22-22 {own_id}")), "{:?}", inbound(&story, "web"));
    assert!(!inbound(&story, "web").contains(&"tcp 22-22 198.51.100.7/32".to_owned()));
    assert_eq!(story.calls_of("ModifySecurityGroupRules"), before, "EC2 would refuse that");
    let calls = story.demo().calls();
    let at = |name: &str| calls.iter().position(|call| call == name).unwrap_or_else(|| panic!("no {name}"));
    assert!(at("AuthorizeSecurityGroupIngress") < at("RevokeSecurityGroupIngress"), "first the new one");
    story.keys("u").await;
    assert!(inbound(&story, "web").contains(&"tcp 22-22 198.51.100.7/32".to_owned()));
    assert!(!inbound(&story, "web").contains(&format!("tcp 22-22 {own_id}")));
}

#[tokio::test(start_paused = true)]
async fn what_else_uses_a_group_is_counted_and_listed() {
    let stage = Stage::demo_of(|clock| ec2deck::demo::DemoAccount::lived_in(clock).with_load_balancer());
    let mut story = stage.open().await;
    story.keys("2").await.select("front").await.sees_in_one_line(&["front", "1 interface"]);
    story.keys("5").await.sees("ELB app/front").says("details-used-by-others");
}

#[tokio::test(start_paused = true)]
async fn read_only_changes_nothing() {
    let mut story = Stage::demo().read_only().open().await;
    story.select("web-1").await;
    for keys in ["i", "a", "x", "2i", "w", "n", "d", "C"] {
        story.keys(keys).await.says("why-read-only");
    }
    for call in ["AuthorizeSecurityGroupIngress", "ModifySecurityGroupRules", "DeleteSecurityGroup"] {
        assert_eq!(story.calls_of(call), 0, "{call}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_open_to_the_world_is_closed_to_me_after_a_question_that_names_the_rules() {
    let mut story = Stage::demo().open().await;
    given(&story, "legacy", 22, 22, "::/0", "");
    given(&story, "legacy", 443, 443, "0.0.0.0/0", "web");
    story.keys("r2").await.select("legacy").await.keys("w").await;
    story.sees("SSH 22, anywhere").sees("198.51.100.7");
    story.keys("<enter>").await;
    assert_eq!(story.calls_of("ModifySecurityGroupRules"), 0, "Enter took Yes");

    story.keys("wy").await.sees_in_one_line(&["legacy", "198.51.100.7"]);
    assert_eq!(inbound(&story, "legacy"), ["tcp 22-22 198.51.100.7/32", "tcp 443-443 0.0.0.0/0"]);
    story.keys("w").await.says("why-not-open");

    // Taking it back opens the port again, and so it asks first.
    story.keys("u<enter>").await;
    assert_eq!(inbound(&story, "legacy"), ["tcp 22-22 198.51.100.7/32", "tcp 443-443 0.0.0.0/0"], "Enter took Yes");
    story.keys("u").await.sees("SSH 22, anywhere").sees("It opens an administrator's port");
    story.keys("y").await;
    assert_eq!(inbound(&story, "legacy"), ["tcp 22-22 0.0.0.0/0", "tcp 22-22 ::/0", "tcp 443-443 0.0.0.0/0"]);
}

#[tokio::test(start_paused = true)]
async fn a_group_that_changed_while_the_question_stood_is_asked_about_again() {
    let mut story = Stage::demo().open().await;
    story.keys("2").await.select("legacy").await.keys("w").await.sees("SSH 22, anywhere");
    given(&story, "legacy", 3389, 3389, "0.0.0.0/0", "by a colleague");
    story.keys("y").await.says("close-changed").sees("RDP 3389, anywhere");
    assert_eq!(story.calls_of("ModifySecurityGroupRules"), 0);
    story.keys("y").await;
    assert_eq!(inbound(&story, "legacy"), ["tcp 22-22 198.51.100.7/32", "tcp 3389-3389 198.51.100.7/32"]);
}

#[tokio::test(start_paused = true)]
async fn what_was_closed_before_a_step_failed_is_said_and_can_be_taken_back() {
    let mut story = Stage::demo().open().await;
    given(&story, "legacy", 22, 22, "::/0", "");
    story.demo().fail_next("RevokeSecurityGroupIngress", "UnauthorizedOperation", "You are not authorized.", 1);
    story.keys("r2").await.select("legacy").await.keys("wy").await;
    story.sees("only a part was done").sees("ec2:RevokeSecurityGroupIngress");
    assert_eq!(inbound(&story, "legacy"), ["tcp 22-22 198.51.100.7/32", "tcp 22-22 ::/0"]);
    story.keys("<esc>uy").await;
    assert_eq!(inbound(&story, "legacy"), ["tcp 22-22 0.0.0.0/0", "tcp 22-22 ::/0"]);
}

#[tokio::test(start_paused = true)]
async fn every_rule_that_is_closed_is_named_however_many_there_are() {
    let mut story = Stage::demo().open().await;
    let ports = [3389, 1433, 1521, 3306, 5432, 6379, 9200, 27017];
    for port in ports {
        given(&story, "legacy", port, port, "0.0.0.0/0", "");
    }
    given(&story, "legacy", 20, 30, "0.0.0.0/0", "");
    story.keys("r2").await.select("legacy").await.keys("w").await.sees("20-30").sees("SSH 22");
    for port in ports {
        story.sees(&port.to_string());
    }
}

#[tokio::test(start_paused = true)]
async fn an_address_of_ones_own_network_is_not_taken_for_ones_own() {
    let mut story = Stage::demo().seen_as_nobody().open().await;
    story.keys("2").await.select("legacy").await.keys("w192.168.0.5<enter>").await.says("my-address-private");
    story.retype("203.0.113.5").await.keys("<enter>y").await;
    assert_eq!(inbound(&story, "legacy"), ["tcp 22-22 203.0.113.5/32"]);
}

#[tokio::test(start_paused = true)]
async fn a_prefix_list_that_could_not_be_read_is_asked_for_again_the_next_time() {
    let mut story = without_ssh_in_web().await;
    let list = story.demo().prefix_list_id("office");
    given(&story, "web", 22, 22, &list, "by list");
    story.demo().fail_next("GetManagedPrefixListEntries", "UnauthorizedOperation", "You are not authorized.", 1);
    story.keys("iu").await;
    let before = story.calls_of("GetManagedPrefixListEntries");
    story.keys("i").await;
    assert_eq!(story.calls_of("GetManagedPrefixListEntries"), before + 1);
}

#[tokio::test(start_paused = true)]
async fn a_prefix_list_that_holds_my_address_is_enough() {
    let mut story = Stage::demo().seen_as("203.0.113.17").open().await;
    let list = story.demo().prefix_list_id("office");
    given(&story, "legacy", 3389, 3389, &list, "by list");
    given(&story, "win", 3389, 3389, &list, "by list");
    story.keys("2").await.select("win").await.keys("i").await.sees_in_one_line(&["already", "RDP", "win"]);
    assert_eq!(story.calls_of("AuthorizeSecurityGroupIngress") + story.calls_of("ModifySecurityGroupRules"), 0);
}

#[tokio::test(start_paused = true)]
async fn the_details_tell_the_prefix_list_and_the_tags_of_a_rule_and_the_rules_name_the_list() {
    let mut story = Stage::demo().size(200, 60).open().await;
    let list = story.demo().prefix_list_id("office");
    let rule = given(&story, "win", 3389, 3389, &list, "by list");
    assert!(story.demo().put_tag(&rule, "Owner", "kim"));
    story.keys("r2").await.select("win").await.keys("5z").await;
    story.sees_in_one_line(&["RDP", "tcp", "3389", &list, "by list", "Owner=kim", &rule]);
    story.keys("e").await.sees_in_one_line(&["RDP", "3389", "list office"]);
}

#[tokio::test(start_paused = true)]
async fn in_a_group_of_windows_instances_the_key_opens_remote_desktop() {
    let mut story = Stage::demo().seen_as("203.0.113.77").open().await;
    story.keys("2").await.select("win").await.keys("i").await.sees_in_one_line(&["RDP", "203.0.113.77", "win"]);
    assert!(inbound(&story, "win").contains(&"tcp 3389-3389 203.0.113.77/32".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_tag_whose_key_cannot_be_shown_is_left_alone() {
    let mut story = Stage::demo().open().await;
    let id = story.demo().group_id("win");
    assert!(story.demo().put_tag(&id, "bad\u{7}key", "x"));
    story.keys("r2").await.select("win").await.keys("tG").await;
    story.keys("d").await.says("why-tag-unreadable");
    story.keys("<enter>").await.says("why-tag-unreadable");
    assert!(story.demo().tags_of(&id).contains_key("bad\u{7}key"));
}

#[tokio::test(start_paused = true)]
async fn a_rule_is_added_changed_and_deleted_and_each_is_taken_back() {
    let mut story = Stage::demo().open().await;
    story.keys("2").await.select("legacy").await.keys("en").await.says("rule-type-tcp");
    // Type and port; the source is my IP until it is changed.
    story.keys("<tab>8080<enter>").await.sees_in_one_line(&["Added to legacy", "8080"]);
    assert_eq!(inbound(&story, "legacy"), ["tcp 22-22 0.0.0.0/0", "tcp 8080-8080 198.51.100.7/32"]);
    let rule = story.demo().rules_of("legacy").into_iter().find(|rule| rule.ports == Some((8080, 8080))).unwrap();
    assert_eq!(rule.description.as_deref(), Some("ec2deck kim@laptop (7f3a2c1d) 2026-11-23"));

    story.keys("Ge<tab>").await;
    story.retype("8000-8100").await.keys("<enter>").await;
    assert_eq!(inbound(&story, "legacy"), ["tcp 22-22 0.0.0.0/0", "tcp 8000-8100 198.51.100.7/32"]);
    let changed = story.demo().rules_of("legacy").into_iter().find(|rule| rule.ports == Some((8000, 8100))).unwrap();
    assert_eq!(changed.id, rule.id, "the rule was edited, not replaced");

    story.keys("d").await.sees(&rule.id).sees("8000-8100");
    story.keys("y").await;
    assert_eq!(inbound(&story, "legacy"), ["tcp 22-22 0.0.0.0/0"]);

    story.keys("u").await;
    assert_eq!(inbound(&story, "legacy"), ["tcp 22-22 0.0.0.0/0", "tcp 8000-8100 198.51.100.7/32"]);
}

#[tokio::test(start_paused = true)]
async fn a_block_is_kept_as_ec2_keeps_it_and_the_change_is_shown() {
    let mut story = Stage::demo().open().await;
    story.keys("2").await.select("web").await.keys("en<tab>9000<tab>").await;
    story.keys("<right><right><right><tab>100.68.0.18/18").await;
    story.sees("100.68.0.0/18");
    story.keys("<enter>").await;
    assert!(inbound(&story, "web").contains(&"tcp 9000-9000 100.68.0.0/18".to_owned()));
    // The same block in other words is the same rule.
    story.keys("n<tab>9000<tab><right><right><right><tab>100.68.9.9/18<enter>").await.says("rule-exists");
    story.keys("<esc>").await;
    assert_eq!(story.calls_of("AuthorizeSecurityGroupIngress"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_wrong_entry_is_said_where_it_is_wrong_and_nothing_is_sent() {
    let mut story = Stage::demo().open().await;
    story.keys("2").await.select("web").await.keys("en<tab>70000<enter>").await.says("group-port-wrong");
    story.retype("80").await.keys("<tab><right><right><right><tab>300.1.1.1/8<enter>").await.says("group-block-wrong");
    story.retype("10.0.0.0/8").await.keys("<tab>it's<enter>").await.sees("'");
    assert!(story.screen().contains("EC2 does not take"), "{}", story.screen());
    assert_eq!(story.calls_of("AuthorizeSecurityGroupIngress"), 0);
}

#[tokio::test(start_paused = true)]
async fn opening_an_administrators_port_to_the_world_asks_first_and_no_keeps_the_form() {
    let mut story = Stage::demo().open().await;
    story.keys("2").await.select("web").await.keys("en<tab>20-30<tab><right>").await.says("group-world-why");
    story.keys("<enter>").await.says("group-world-title");
    story.keys("n").await.says("rule-type-tcp").sees("20-30");
    assert_eq!(story.calls_of("AuthorizeSecurityGroupIngress"), 0);
    story.keys("<enter>y").await;
    assert!(inbound(&story, "web").contains(&"tcp 20-30 0.0.0.0/0".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn icmp_groups_prefix_lists_and_outbound_rules_have_their_fields() {
    let mut story = Stage::demo().open().await;
    story.keys("2").await.select("web").await.keys("e").await;
    // `c` goes to the next type that begins with it: custom UDP, then custom ICMP. Ping is type 8.
    story.keys("ncc<tab>8<enter>").await;
    assert!(inbound(&story, "web").contains(&"icmp 8--1 198.51.100.7/32".to_owned()), "{:?}", inbound(&story, "web"));
    story.keys("nh<tab><left><left><enter>").await;
    let http_from_itself = inbound(&story, "web").iter().any(|rule| rule.starts_with("tcp 80-80 sg-"));
    assert!(http_from_itself, "{:?}\n{}", inbound(&story, "web"), story.screen());
    story.keys("nh<tab><left><enter>").await;
    let http_from_list = inbound(&story, "web").iter().any(|rule| rule.starts_with("tcp 80-80 pl-"));
    assert!(http_from_list, "{:?}\n{}", inbound(&story, "web"), story.screen());

    story.keys("<tab>n<tab>5432<enter>").await;
    let rules = story.demo().rules_of("web");
    assert!(rules.iter().any(|rule| rule.egress && rule.ports == Some((5432, 5432)) && rule.peer == "0.0.0.0/0"));
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_explained_in_the_form_and_can_be_tried_again() {
    let mut story = Stage::demo().open().await;
    let full = "The maximum number of rules per security group has been reached.";
    story.demo().fail_next("AuthorizeSecurityGroupIngress", "RulesPerSecurityGroupLimitExceeded", full, 1);
    story.keys("2").await.select("web").await.keys("en<tab>9000<enter>").await.says("code-rules-limit");
    story.sees("9000");
    story.keys("<enter>").await;
    assert!(inbound(&story, "web").contains(&"tcp 9000-9000 198.51.100.7/32".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_group_is_made_copied_with_its_rules_and_deleted() {
    let mut story = Stage::demo().open().await;
    story.keys("2n").await;
    story.keys("db<enter>").await.sees_in_one_line(&["db", "was made"]);
    assert!(inbound(&story, "db").is_empty());

    story.select("web").await.keys("C<enter>").await.sees("web-copy");
    assert_eq!(inbound(&story, "web-copy"), inbound(&story, "web"));

    story.select("db").await.keys("d").await.says("delete-group-final");
    story.keys("<enter>").await;
    assert_eq!(story.calls_of("DeleteSecurityGroup"), 0, "Enter took Yes");
    story.keys("dy").await.sees_in_one_line(&["db", "deleted"]);
    assert!(!story.demo().group_names().contains(&"db".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_copy_lets_out_what_the_original_lets_out_and_names_itself_where_that_did() {
    let mut story = Stage::demo().open().await;
    story.keys("2").await.select("web").await.keys("e<tab>dy").await;
    assert!(story.demo().rules_of("web").iter().all(|rule| !rule.egress), "the outbound rule is gone");
    story.keys("<tab>nh<tab><left><left><enter><esc>C<enter>").await;
    let rules = story.demo().rules_of("web-copy");
    assert!(rules.iter().all(|rule| !rule.egress), "{rules:?}");
    let own_id = story.demo().group_id("web-copy");
    assert!(rules.iter().any(|rule| rule.ports == Some((80, 80)) && rule.peer == own_id), "{rules:?}");
}

#[tokio::test(start_paused = true)]
async fn a_group_in_use_is_not_deleted_and_the_page_names_what_uses_it() {
    let mut story =
        Stage::demo_of(|clock| ec2deck::demo::DemoAccount::lived_in(clock).with_load_balancer()).open().await;
    story.keys("2").await.select("web").await.keys("d").await.sees("web-1").says("delete-group-used");
    story.keys("y").await.sees("EC2 did not delete").sees("web-1").sees("batch-2");
    story.keys("<esc>").await.select("front").await.keys("dy").await;
    story.sees("EC2 did not delete").sees("ELB app/front");
    assert!(story.demo().group_names().contains(&"front".to_owned()));
    story.keys("<esc>").await.select("default").await.keys("d").await.says("code-cannot-delete");
}

#[tokio::test(start_paused = true)]
async fn tags_of_a_group_are_edited_and_taken_back() {
    let mut story = Stage::demo().open().await;
    story.keys("2").await.select("web").await.keys("t").await.sees("Team");
    let id = story.demo().group_id("web");
    story.keys("nowner<tab>kim<enter>").await;
    assert_eq!(story.demo().tags_of(&id).get("owner").map(String::as_str), Some("kim"));
    story.keys("u").await;
    assert!(!story.demo().tags_of(&id).contains_key("owner"));
    story.keys("d").await;
    assert!(story.demo().tags_of(&id).is_empty());
    story.keys("u").await;
    assert_eq!(story.demo().tags_of(&id).get("Team").map(String::as_str), Some("web"));
}

#[tokio::test(start_paused = true)]
async fn a_name_tag_renames_an_instance() {
    let mut story = Stage::demo().open().await;
    story.select("web-1").await.keys("t<enter>").await;
    story.retype("front-1").await.keys("<enter><esc>").await.sees("front-1");
}

#[tokio::test(start_paused = true)]
async fn a_group_is_attached_and_detached_after_its_effect_was_shown() {
    let mut story = Stage::demo().open().await;
    story.select("web-1").await.keys("alegacy<enter>").await;
    story.sees("+ SSH 22, anywhere").says("group-world-why");
    story.keys("<enter>").await;
    assert_eq!(story.demo().groups_of("web-1"), ["web"], "Enter took Yes");
    story.keys("alegacy<enter>y").await.sees_in_one_line(&["web-1", "legacy"]);
    assert_eq!(story.demo().groups_of("web-1"), ["web", "legacy"]);

    story.keys("xweb<enter>").await.sees("- HTTPS 443, anywhere");
    story.keys("y").await;
    assert_eq!(story.demo().groups_of("web-1"), ["legacy"]);
    // The last one stays: an instance needs a group.
    story.keys("xlegacy<enter>").await.says("detach-last");
    story.keys("<esc>u").await;
    assert_eq!(story.demo().groups_of("web-1"), ["legacy", "web"]);
}

#[tokio::test(start_paused = true)]
async fn a_second_group_waits_for_the_first_and_none_is_lost() {
    let mut story = Stage::demo().open().await;
    story.select("web-1").await.keys("alegacy<enter>").await;
    story.keys_at_once("yawin<enter>").sees("Wait until this is done");
    story.settle().await;
    assert_eq!(story.demo().groups_of("web-1"), ["web", "legacy"]);
    story.keys("awin<enter>y").await;
    assert_eq!(story.demo().groups_of("web-1"), ["web", "legacy", "win"]);
}

#[tokio::test(start_paused = true)]
async fn what_a_colleague_attached_since_the_list_was_read_stays_and_undo_leaves_it_too() {
    let mut story = Stage::demo().open().await;
    story.select("web-1").await;
    assert!(story.demo().put_in_group("web-1", "win"));
    story.keys("alegacy<enter>y").await;
    assert_eq!(story.demo().groups_of("web-1"), ["web", "win", "legacy"]);
    assert!(story.demo().put_in_group("web-1", "default"));
    story.keys("u").await.sees("Taken back");
    assert_eq!(story.demo().groups_of("web-1"), ["web", "win", "default"]);
}

#[tokio::test(start_paused = true)]
async fn when_detaching_means_something_else_by_now_it_asks_again() {
    let mut story = Stage::demo().open().await;
    assert!(story.demo().put_in_group("web-1", "legacy"));
    given(&story, "win", 443, 443, "0.0.0.0/0", "");
    story.keys("r").await.select("web-1").await.keys("xweb<enter>").await.sees("- HTTPS 443, anywhere");
    assert!(story.demo().put_in_group("web-1", "win"));
    story.keys("y").await.says("regroup-changed").does_not_see("- HTTPS 443, anywhere");
    assert_eq!(story.demo().groups_of("web-1"), ["web", "legacy", "win"]);
    story.keys("y").await;
    assert_eq!(story.demo().groups_of("web-1"), ["legacy", "win"]);
}

#[tokio::test(start_paused = true)]
async fn what_could_not_be_taken_back_can_be_tried_again() {
    let mut story = without_ssh_in_web().await;
    story.demo().set_unreachable(true);
    story.keys("u").await;
    story.demo().set_unreachable(false);
    story.keys("<esc>").await;
    assert!(!inbound(&story, "web").contains(&"tcp 22-22 198.51.100.7/32".to_owned()));
    story.keys("u").await.sees("Taken back");
    assert!(inbound(&story, "web").contains(&"tcp 22-22 198.51.100.7/32".to_owned()));
    story.keys("u").await.says("why-nothing-to-undo");
}

#[tokio::test(start_paused = true)]
async fn what_is_gone_does_not_bar_taking_back_the_rest() {
    let mut story = Stage::demo().open().await;
    given(&story, "legacy", 22, 22, "::/0", "");
    story.keys("r2").await.select("legacy").await.keys("wy").await;
    let gone = "The security group rule ID does not exist";
    story.demo().fail_next("ModifySecurityGroupRules", "InvalidSecurityGroupRuleId.NotFound", gone, 1);
    story.keys("uy<esc>").await;
    assert_eq!(inbound(&story, "legacy"), ["tcp 22-22 198.51.100.7/32"]);
    story.keys("uy").await.sees("Taken back");
    assert_eq!(inbound(&story, "legacy"), ["tcp 22-22 198.51.100.7/32", "tcp 22-22 ::/0"]);
    story.keys("u").await.says("why-nothing-to-undo");
}

#[tokio::test(start_paused = true)]
async fn two_presses_of_u_do_not_take_two_things_back_unseen() {
    let mut story = without_ssh_in_web().await;
    story.keys("i").await;
    story.keys_at_once("uu").sees("Wait until this is done");
    story.settle().await;
    assert_eq!(inbound(&story, "web"), ["tcp 443-443 0.0.0.0/0", "tcp 8080-8080 198.51.100.7/32"]);
}

#[tokio::test(start_paused = true)]
async fn taking_off_the_group_that_lets_me_in_says_so() {
    let mut story = Stage::demo().open().await;
    assert!(story.demo().put_in_group("web-1", "win"));
    story.keys("r").await.select("web-1").await.keys("xweb<enter>").await.sees("You no longer get in by SSH");
}

#[tokio::test(start_paused = true)]
async fn from_the_groups_pane_an_instance_is_chosen() {
    let mut story = Stage::demo().open().await;
    story.keys("2").await.select("win").await.keys("aweb-1<enter>y").await;
    assert_eq!(story.demo().groups_of("web-1"), ["web", "win"]);
    story.keys("xweb-1<enter>y").await;
    assert_eq!(story.demo().groups_of("web-1"), ["web"]);
}

#[tokio::test(start_paused = true)]
async fn the_list_marks_what_is_open_fine_and_unused() {
    let mut story = Stage::demo().open().await;
    story.keys("2nspare<enter>z").await;
    story.sees_in_one_line(&["legacy", "SSH open to the world"]);
    story.sees_in_one_line(&["web ", "fine"]);
    story.sees_in_one_line(&["spare", "unused"]);
    story.demo().given_rule("spare", "-1", 0, 0, "::/0", "").expect("the group is there");
    story.keys("r").await.sees_in_one_line(&["spare", "all traffic open to the world"]);
}

#[tokio::test(start_paused = true)]
async fn while_a_task_is_under_way_region_and_profile_stay() {
    let mut story = without_ssh_in_web().await;
    story.keys_at_once("iR");
    story.does_not_see("in use").sees("Wait until this is done");
    story.settle().await;
    assert!(inbound(&story, "web").contains(&"tcp 22-22 198.51.100.7/32".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn what_was_done_in_another_region_is_not_taken_back_here() {
    let mut story = without_ssh_in_web().await;
    story.keys("iRus-east-1<enter>u").await.sees("ap-northeast-2");
    assert!(inbound(&story, "web").contains(&"tcp 22-22 198.51.100.7/32".to_owned()));
}
