use super::*;
use crate::app::launch::sample::{self, Bench, key, now, page, problem};
use crate::keymap::resolve;

const X86: Architecture = Architecture::X86_64;
const ARM: Architecture = Architecture::Arm64;

fn press(step: &mut TypeStep, bench: &mut Bench, keys: &[&str]) {
    for name in keys {
        bench.with(|world| match resolve(step.context(), key(name)) {
            Some(Action::Leave) => {
                step.leave_filter();
            }
            Some(Action::NextStep) => {
                if !step.takes_enter() {
                    step.check(step.architecture, world);
                }
            }
            Some(action) => step.act(action, step.architecture, world),
            None => step.press(key(name), world),
        });
    }
}

fn entered(bench: &mut Bench, architecture: Architecture) -> TypeStep {
    let mut step = TypeStep::new();
    bench.with(|world| step.enter(architecture, world));
    step
}

fn name_of(step: &TypeStep, bench: &Bench) -> Option<String> {
    step.chosen(&bench.catalog).map(|row| row.name.clone())
}

fn names(step: &TypeStep, bench: &Bench) -> Vec<String> {
    step.rows(&bench.catalog, None).into_iter().map(|row| row.name.clone()).collect()
}

#[test]
fn the_default_is_the_smallest_eligible_type_that_fits() {
    let mut bench = Bench::full();
    for (architecture, name) in [(X86, "t3.micro"), (ARM, "t4g.micro")] {
        let mut step = entered(&mut bench, architecture);
        assert_eq!(name_of(&step, &bench).as_deref(), Some(name));
        assert!(bench.with(|world| step.check(architecture, world)));
    }
}

#[test]
fn the_default_follows_what_arrives_until_the_person_chooses() {
    let mut bench = Bench::new();
    let mut step = entered(&mut bench, X86);
    assert_eq!(bench.reads(), [Read::InstanceTypes]);
    let part = |names: &[&str], more| crate::message::Page {
        rows: sample::types().into_iter().filter(|row| names.contains(&row.name.as_str())).collect(),
        more,
    };
    bench.catalog.types.page(part(&["t3.small", "m5.large"], true), now(), |_| false);
    bench.with(|world| step.enter(X86, world));
    assert_eq!(name_of(&step, &bench).as_deref(), Some("t3.small"));
    press(&mut step, &mut bench, &["enter"]);
    assert_eq!(step.error, Some(text!("launch-type-wait")), "a smaller one may still come");
    let mut patient = step.clone();
    press(&mut step, &mut bench, &["G"]);
    let chosen = name_of(&step, &bench);
    bench.catalog.types.page(part(&["t3.micro"], false), now(), |_| false);
    bench.with(|world| {
        step.enter(X86, world);
        patient.enter(X86, world);
    });
    assert_eq!(name_of(&step, &bench), chosen);
    assert_eq!(name_of(&patient, &bench).as_deref(), Some("t3.micro"));
}

#[test]
fn without_an_eligible_type_the_person_must_choose() {
    let mut bench = Bench::full();
    for row in &mut bench.catalog.types.rows {
        row.free_tier_eligible = false;
    }
    let mut step = entered(&mut bench, X86);
    assert_eq!(name_of(&step, &bench), None);
    assert!(!step.any_eligible(&bench.catalog));
    press(&mut step, &mut bench, &["enter"]);
    assert_eq!(step.error, Some(text!("launch-type-choose")));
    press(&mut step, &mut bench, &["j"]);
    assert_eq!(name_of(&step, &bench).as_deref(), Some("t2.micro"), "the first row");
    assert!(bench.with(|world| step.check(X86, world)));
}

#[test]
fn a_choice_that_does_not_fit_another_image_gives_way_to_the_default() {
    let mut bench = Bench::full();
    let mut step = entered(&mut bench, X86);
    press(&mut step, &mut bench, &["G"]);
    bench.with(|world| step.enter(ARM, world));
    assert_eq!(name_of(&step, &bench).as_deref(), Some("t4g.micro"));
    assert_eq!(names(&step, &bench), ["t4g.micro", "m6g.large"]);
}

#[test]
fn the_order_goes_round() {
    let mut bench = Bench::full();
    let mut step = entered(&mut bench, X86);
    for expected in [
        ["t3.micro", "t3.small", "t2.micro", "m5.large", "c5.xlarge", "c5.6xlarge"],
        // By price; none is known here.
        ["t2.micro", "t3.micro", "t3.small", "m5.large", "c5.xlarge", "c5.6xlarge"],
        ["c5.xlarge", "c5.6xlarge", "m5.large", "t2.micro", "t3.micro", "t3.small"],
        ["t2.micro", "t3.micro", "t3.small", "m5.large", "c5.xlarge", "c5.6xlarge"],
        ["c5.6xlarge", "m5.large", "c5.xlarge", "t3.small", "t2.micro", "t3.micro"],
        ["t3.micro", "t3.small", "t2.micro", "m5.large", "c5.xlarge", "c5.6xlarge"],
    ] {
        assert_eq!(names(&step, &bench), expected, "{:?}", step.sort);
        assert_eq!(name_of(&step, &bench).as_deref(), Some("t3.micro"), "sorting keeps the cursor on its row");
        press(&mut step, &mut bench, &["o"]);
    }
}

#[test]
fn the_filter_looks_at_every_column() {
    let bench = Bench::full();
    for (filter, expected) in [
        ("t3", vec!["t3.micro", "t3.small"]),
        ("eligible", vec!["t3.micro", "t3.small"]),
        ("프리", vec!["t3.micro", "t3.small"]),
        ("4 vcpu", vec!["c5.xlarge"]),
        ("4 VCPUs", vec![]),
        ("24", vec!["c5.6xlarge"]),
        ("8 gib large", vec!["m5.large", "c5.xlarge"]),
        ("gigabit micro", vec!["t3.micro", "t2.micro"]),
        ("  ", vec!["t3.micro", "t3.small", "t2.micro", "m5.large", "c5.xlarge", "c5.6xlarge"]),
        ("nothing", vec![]),
    ] {
        let step = TypeStep { filter: TextInput::new(filter), ..TypeStep::new() };
        assert_eq!(names(&step, &bench), expected, "{filter}");
    }
}

#[test]
fn the_cursor_stays_among_the_filtered_rows_and_comes_back() {
    let mut bench = Bench::full();
    let mut step = entered(&mut bench, X86);
    press(&mut step, &mut bench, &["/", "c", "5"]);
    assert_eq!(name_of(&step, &bench).as_deref(), Some("c5.xlarge"), "c is text while typing");
    press(&mut step, &mut bench, &["esc"]);
    assert_eq!(name_of(&step, &bench).as_deref(), Some("t3.micro"));
    assert_eq!(step.filter.value(), "");
    press(&mut step, &mut bench, &["/", "c", "5", "down", "enter"]);
    assert!(!step.typing);
    assert_eq!(name_of(&step, &bench).as_deref(), Some("c5.6xlarge"));
    assert!(step.leave_filter(), "esc clears the filter before it leaves the flow");
    assert_eq!(name_of(&step, &bench).as_deref(), Some("c5.6xlarge"), "what was kept with Enter stays");
    assert!(!step.leave_filter());
}

#[test]
fn a_filter_that_leaves_nothing_holds_the_step_up() {
    let mut bench = Bench::full();
    let mut step = entered(&mut bench, X86);
    press(&mut step, &mut bench, &["/", "z", "z", "enter", "enter"]);
    assert_eq!(step.error, Some(text!("launch-type-nothing-fits")));
}

#[test]
fn credits_are_for_t_types_only() {
    let mut bench = Bench::full();
    let mut step = entered(&mut bench, X86);
    let mut modes = Vec::new();
    for _ in 0..4 {
        modes.push(step.credit_mode(&bench.catalog));
        press(&mut step, &mut bench, &["c"]);
    }
    let (standard, unlimited) = (Some(CreditMode::Standard), Some(CreditMode::Unlimited));
    assert_eq!(modes, [standard, unlimited, None, standard]);
    assert!(bench.wishes.is_empty());
    press(&mut step, &mut bench, &["G"]);
    assert_eq!(name_of(&step, &bench).as_deref(), Some("c5.6xlarge"));
    assert_eq!(step.credit_mode(&bench.catalog), None);
    press(&mut step, &mut bench, &["c"]);
    assert_eq!(bench.wishes.len(), 1, "it says why it cannot act");
}

#[test]
fn a_failed_answer_is_asked_for_again_by_enter_only() {
    let mut bench = Bench::new();
    let mut step = entered(&mut bench, X86);
    bench.catalog.types.fail(problem());
    bench.reads();
    bench.with(|world| step.enter(X86, world));
    assert_eq!(bench.reads(), []);
    press(&mut step, &mut bench, &["enter"]);
    assert_eq!(bench.reads(), [Read::InstanceTypes]);
    bench.catalog.types.page(page(sample::types()), now(), |_| false);
    bench.with(|world| step.enter(X86, world));
    press(&mut step, &mut bench, &["enter"]);
    assert_eq!(step.error, None);
}

#[test]
fn memory_reads_as_people_write_it() {
    for (mib, gib_text) in [(512, "0.5"), (1024, "1"), (3840, "3.75"), (627, "0.61"), (1_048_576, "1024"), (0, "0")] {
        assert_eq!(gib(mib), gib_text);
    }
}
