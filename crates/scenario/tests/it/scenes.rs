//! The stories: each claim of each scene, with the numbers in it; and what is wrong with scenes is told.

#![allow(clippy::disallowed_methods, reason = "test data need not have the same bits everywhere")]

use super::lessons::{at, close, cloud, eigenvalues, hessian, loss, stray};
use super::stories::{arrival, end, near, run};
use nalgebra::Vector2;
use thalweg_core::run::trajectory::Trajectory;
use thalweg_scenario::{
    Layer, PRESETS, Page, Scenario, XAxis, link_faults, open_preset, parse, refused, scene_document,
    scene_faults, to_ron,
};

/// The document of a scene, numbered from 1, with its runs.
fn scene(name: &str, number: usize) -> (Scenario, Vec<Trajectory>) {
    let document = scene_document(&open_preset(name).unwrap(), number - 1);
    let runs = run(&document);
    (document, runs)
}

/// What is left of the distance from `goal` after a step.
fn left(run: &Trajectory, goal: [f64; 2], step: usize) -> f64 {
    let goal = Vector2::from(goal);
    (at(run, step) - goal).norm() / (at(run, 0) - goal).norm()
}

/// The first step from which on the run stays within a hundredth of its way from (0, 0).
fn settled(run: &Trajectory) -> usize {
    let far = |step: &usize| left(run, [0.0, 0.0], *step) >= 0.01;
    (0..run.samples().len()).rev().find(far).unwrap() + 1
}

#[test]
fn every_story_can_be_told() {
    let stories: Vec<_> = PRESETS.iter().filter(|preset| preset.name.starts_with("story-")).collect();
    assert!(stories.len() >= 8);
    for preset in stories {
        let story = open_preset(preset.name).unwrap();
        assert!((5..=10).contains(&story.scenes.len()), "{}", preset.name);
        assert_eq!(scene_faults(&story), Vec::<String>::new(), "{}", preset.name);
        assert_eq!(link_faults(&story), Vec::<String>::new(), "{}", preset.name);
        assert_eq!(parse(&to_ron(&story)).unwrap(), story, "{}", preset.name);
        for (index, scene) in story.scenes.iter().enumerate() {
            let document = scene_document(&story, index);
            assert_eq!(refused(&document), None, "{}: {}", preset.name, scene.title);
            let words = scene.notes.split_whitespace().count();
            assert!((10..=90).contains(&words), "{}: {}: {words} words", preset.name, scene.title);
            // What is looked at is in the picture.
            let (start, view) = (document.start.point(), document.view);
            let is_in = |at: f64, side: (f64, f64)| side.0 < at && at < side.1;
            assert!(is_in(start[0], view.x) && is_in(start[1], view.y), "{}: {}", preset.name, scene.title);
        }
        assert!(story.scenes.iter().any(|scene| scene.ask.is_some()), "{} asks nothing", preset.name);
    }
}

/// A class guesses what it has not seen: where the scene before has the run that is asked about, it shows no more of it
/// than its beginning.
#[test]
fn no_scene_shows_the_answer_to_the_next_ones_question() {
    let mut same = 0;
    for preset in PRESETS.iter().filter(|preset| preset.name.starts_with("story-")) {
        let story = open_preset(preset.name).unwrap();
        for index in 1..story.scenes.len() {
            let (told, scene) = (&story.scenes[index - 1], &story.scenes[index]);
            let Some(question) = &scene.ask else { continue };
            let (before, asked) = (scene_document(&story, index - 1), scene_document(&story, index));
            let about = if question.runner == 0 { asked.show.focus } else { question.runner } as usize - 1;
            let is_same = before.surface == asked.surface
                && (&before.start, &before.gradient) == (&asked.start, &asked.gradient)
                && before.runners[about] == asked.runners[about];
            if !is_same {
                continue;
            }
            same += 1;
            let name = format!("{}: {}", preset.name, told.title);
            assert!(!before.show.layers.has(Layer::Future), "{name}: what is to come is seen");
            let seen = told.step.max(told.until);
            let foretells = [Page::named("Model"), Page::named("Step")].contains(&before.show.page);
            assert!(seen < scene.step || seen == scene.step && !foretells, "{name}: the step is seen");
        }
    }
    assert!(same > 0, "Newton's second step is asked about where the first was told");
}

#[test]
fn from_one_variable_to_two() {
    let name = "story-one-variable";
    let zero = [0.0, 0.0];
    let (document, runs) = scene(name, 1);
    assert!(document.surface.is_univariate() && scene(name, 5).0.surface.is_univariate());
    assert!(near(at(&runs[0], 1).into(), [-2.25, 0.0], 1e-12));
    let (_, runs) = scene(name, 2);
    close(left(&runs[0], zero, 1), 0.9, 1e-12);
    close(left(&runs[0], zero, 60), 0.0018, 0.00005);
    close(left(&scene(name, 3).1[0], zero, 60), 0.3, 0.005);
    let (_, runs) = scene(name, 4);
    close(left(&runs[0], zero, 60), 0.0018, 0.00005);
    assert!((1..60).all(|step| at(&runs[0], step).x * at(&runs[0], step - 1).x < 0.0));
    let (document, runs) = scene(name, 5);
    close(left(&runs[0], zero, 10), 2.6, 0.01);
    assert!(document.view.has(at(&runs[0], 10)), "the last jump is seen");
    // What is played after the guesses shows that of the rates to choose from only 0.2 is an edge.
    let (document, runs) = scene(name, 6);
    close(at(&runs[0], 1).y / at(&runs[0], 0).y, -1.1, 1e-12);
    close(at(&runs[0], 1).x / at(&runs[0], 0).x, 0.79, 1e-12);
    assert!(runs[0].samples().iter().all(|sample| document.view.has(sample.position)), "all of it is seen");
    let (_, runs) = scene(name, 7);
    close(at(&runs[0], 1).y / at(&runs[0], 0).y, -0.9, 1e-12);
    close(at(&runs[0], 1).x / at(&runs[0], 0).x, 0.81, 1e-12);
    let (_, runs) = scene(name, 8);
    close(left(&runs[0], zero, 60), 6e-6, 1e-7);
    close(left(&runs[0], zero, 1), 9.0 / 11.0, 1e-12);
}

#[test]
fn the_condition_number() {
    let name = "story-condition-number";
    assert!(near(at(&scene(name, 1).1[0], 1).into(), [0.0, 0.0], 1e-12));
    assert_eq!(settled(&scene(name, 2).1[0]), 23);
    assert_eq!(settled(&scene(name, 4).1[0]), 231);
    // Along the axes of the ellipse.
    let (sin, cos) = 30f64.to_radians().sin_cos();
    let steep = |p: Vector2<f64>| cos * p.y - sin * p.x;
    let (document, runs) = scene(name, 5);
    close(steep(at(&runs[0], 1)) / steep(at(&runs[0], 0)), -1.01, 1e-9);
    close(steep(at(&runs[0], 60)) / steep(at(&runs[0], 0)), 1.8, 0.02);
    assert!(
        document.view.has(at(&runs[0], 60)) && document.view.has(at(&runs[0], 59)),
        "the last jump is seen"
    );
    let (document, runs) = scene(name, 6);
    // The worst start: no step of the exact search does better than the bound of its rate.
    let kept = (99.0_f64 / 101.0).powi(2);
    close(kept, 0.961, 0.0005);
    for pair in runs[1].samples().windows(2) {
        close(pair[1].loss / pair[0].loss, kept, 1e-9);
    }
    for number in 0..=document.scenes[5].step as usize {
        assert!(near(at(&runs[0], number).into(), at(&runs[1], number).into(), 1e-9), "one path");
    }
    assert!(document.view.has(at(&runs[1], document.scenes[5].step as usize)));
    for number in 1..20 {
        let step = |number: usize| at(&runs[1], number) - at(&runs[1], number - 1);
        let (this, next) = (step(number), step(number + 1));
        assert!(this.dot(&next).abs() < 1e-9 * this.norm() * next.norm());
    }
    assert!(near(at(&scene(name, 7).1[0], 1).into(), [0.0, 0.0], 1e-12));
}

#[test]
fn from_the_decay_to_momentum() {
    let name = "story-momentum";
    let (sin, cos) = 30f64.to_radians().sin_cos();
    let flat = |p: Vector2<f64>| cos * p.x + sin * p.y;
    let steep = |p: Vector2<f64>| cos * p.y - sin * p.x;
    let (_, runs) = scene(name, 1);
    close(flat(at(&runs[0], 100)) / flat(at(&runs[0], 0)), 0.9802_f64.powi(100), 1e-9);
    close(steep(at(&runs[0], 1)) / steep(at(&runs[0], 0)), -0.98, 1e-9);
    let (_, runs) = scene(name, 2);
    assert!(steep(at(&runs[0], 1)).abs() < 1e-12);
    close(flat(at(&runs[0], 1)) / flat(at(&runs[0], 0)), 0.99, 1e-9);
    let (_, runs) = scene(name, 3);
    assert_eq!((settled(&runs[0]), settled(&runs[1])), (229, 99));
    assert_eq!(settled(&scene(name, 4).1[1]), 92);
    let (document, runs) = scene(name, 5);
    let (rate, memory) = (4.0_f64 / 121.0, (9.0_f64 / 11.0).powi(2));
    close(rate, 0.03306, 5e-6);
    close(memory, 0.6694, 0.00005);
    let momentum = &document.runners[1].optimizer;
    close(momentum.number("lr").unwrap(), rate, 1e-15);
    close(momentum.number("momentum").unwrap(), memory, 1e-15);
    // Double roots 9/11 and -9/11: between ripples and what borders on them, along both curvatures.
    for (curvature, root) in [(1.0, 9.0_f64 / 11.0), (100.0, -9.0 / 11.0)] {
        close((1.0 + memory - rate * curvature) / 2.0, root, 1e-12);
        close(root * root, memory, 1e-12);
    }
    let farthest = (0..=44).map(|step| left(&runs[1], [0.0, 0.0], step)).fold(0.0, f64::max);
    close(farthest, 3.0, 0.05);
    assert!(runs[1].samples().iter().all(|sample| document.view.has(sample.position)), "all of it is seen");
    assert_eq!((settled(&runs[0]), settled(&runs[1])), (229, 44));
    let (document, runs) = scene(name, 6);
    assert!(runs[1].samples().iter().all(|sample| document.view.has(sample.position)), "all of it is seen");
    assert_eq!(settled(&runs[1]), 206);
    close(0.95_f64.sqrt(), 0.975, 0.0005);
}

#[test]
fn each_cures_the_one_before() {
    let name = "story-adaptive";
    let goal = [1.0, 1.0];
    let step = |run: &Trajectory, number: usize| at(run, number) - at(run, number - 1);
    let (document, runs) = scene(name, 1);
    close(loss(&runs[0]), 0.04, 0.005);
    let gone = thalweg_scenario::changed_by(&document, &["1.lr=0.02".to_owned()]).unwrap().0;
    assert!(run(&gone)[0].samples()[3].loss > 1e12);
    let (_, runs) = scene(name, 2);
    close(step(&runs[1], 1).x, 0.1, 1e-6);
    close(step(&runs[1], 1).y, 0.1, 1e-6);
    close(step(&runs[1], 400).norm(), 0.0006, 0.00005);
    let (_, runs) = scene(name, 3);
    close(step(&runs[2], 150).norm(), 0.02, 0.0005);
    close(step(&runs[1], 150).norm(), 0.001, 0.00005);
    let (_, runs) = scene(name, 4);
    let away = |run: &Trajectory, number: usize| (at(run, number) - Vector2::from(goal)).norm();
    assert_eq!((0..=400).find(|number| away(&runs[2], *number) < 0.05), Some(369));
    close(step(&runs[2], 400).norm(), 0.028, 0.0005);
    assert!(step(&runs[2], 400).dot(&step(&runs[2], 399)) < 0.0, "to and fro");
    let (_, runs) = scene(name, 5);
    close(step(&runs[3], 1).x, 0.1, 1e-6);
    close(away(&runs[3], 400), 0.05, 0.003);
    close(step(&runs[3], 400).norm(), 0.001, 0.0001);
}

#[test]
fn newton_his_model_and_his_trap() {
    let name = "story-newton";
    let (_, runs) = scene(name, 1);
    assert!(near(at(&runs[1], 1).into(), [0.0, 0.0], 1e-9));
    let (document, runs) = scene(name, 2);
    let losses: Vec<f64> = runs[1].samples().iter().map(|sample| sample.loss).collect();
    close(losses[0], 24.2, 0.01);
    close(losses[1] - losses[0], -19.5, 0.05);
    let predicted = {
        let point = document.problem().objective.value_gradient_hessian(at(&runs[1], 0));
        let step = at(&runs[1], 1) - at(&runs[1], 0);
        point.gradient.dot(&step) + step.dot(&(point.hessian * step)) / 2.0
    };
    close(predicted, -19.4, 0.05);
    close(losses[1], 4.7, 0.05);
    assert!(near(at(&runs[1], 1).into(), [-1.18, 1.38], 0.006));
    close(losses[2], 1412.0, 0.5);
    assert!(losses[3] < 0.1 && losses[6] < 4e-20 && losses[6] > 1e-21, "{losses:?}");
    let (document, runs) = scene(name, 5);
    assert!(near(end(&runs[1]), [0.09, 2.88], 0.01));
    let [low, high] = eigenvalues(hessian(&document, end(&runs[1])));
    assert!(low < 0.0 && high > 0.0);
    assert!(near(end(&runs[0]), [3.0, 2.0], 1e-3) && near(end(&runs[2]), [3.0, 2.0], 1e-3));
    let (document, runs) = scene(name, 6);
    let arrived = arrival(&runs[3], end(&runs[3]), 1e-3).unwrap();
    assert!((6..=14).contains(&arrived), "{arrived}");
    assert!(eigenvalues(hessian(&document, end(&runs[3])))[0] > 0.0);
}

#[test]
fn batches_and_schedules() {
    let name = "story-noise";
    close(scene(name, 1).1[0].samples()[1].loss, 4.3, 0.05);
    close(scene(name, 2).1[1].samples()[8].loss, 0.1, 0.005);
    let (document, runs) = scene(name, 4);
    assert_eq!((document.show.over, document.steps), (XAxis::Passes, 64), "one pass with single points");
    close(runs[2].samples()[64].loss, 0.049, 0.0005);
    close(runs[2].samples()[8].loss, 0.38, 0.005);
    close(runs[0].samples()[8].loss, 0.12, 0.005);
    close(loss(&runs[0]), 0.047, 0.0005);
    let (_, runs) = scene(name, 5);
    let goal = end(&runs[0]);
    close(stray(&runs[2], goal, 100), 0.12, 0.01);
    close(stray(&runs[1], goal, 100), 0.03, 0.005);
    let (_, runs) = scene(name, 6);
    for (run, told) in runs.iter().zip([0.16, 0.08, 0.04]) {
        close(stray(run, goal, 100), told, 0.005);
    }
    let (_, falling) = scene(name, 7);
    assert!(stray(&falling[0], goal, 250) < stray(&runs[0], goal, 250) / 3.0);
}

#[test]
fn saddles_plateaus_wells() {
    let name = "story-landscapes";
    let (_, runs) = scene(name, 1);
    close(at(&runs[0], 1).y / at(&runs[0], 0).y, 1.1, 1e-12);
    assert!(runs.iter().take(2).all(|run| end(run)[1] > 0.5 && at(run, 0).y < 0.02));
    let (document, runs) = scene(name, 2);
    assert!(runs.iter().take(2).all(|run| near(end(run), [0.0, 0.0], 1e-3)));
    assert_eq!(eigenvalues(hessian(&document, [0.0, 0.0])), [-2.0, 2.0]);
    let (_, runs) = scene(name, 3);
    let moved = |run: &Trajectory| (at(run, 200) - at(run, 0)).norm();
    close(moved(&runs[0]), 0.6, 0.05);
    close(moved(&runs[2]), 4.9, 0.05);
    let (document, runs) = scene(name, 5);
    assert!(near(end(&runs[1]), [-1.036, 0.0], 0.01) && end(&runs[0])[0] > 0.9);
    let stays = thalweg_scenario::changed_by(&document, &["2.momentum=0.75".to_owned()]).unwrap().0;
    assert!(end(&run(&stays)[1])[0] > 0.9);
    let (_, runs) = scene(name, 6);
    assert!(runs[2].samples().iter().all(|sample| sample.position.x == sample.position.y));
    let (document, _) = scene(name, 7);
    let ends = cloud(&document, 0);
    assert_eq!(ends.len(), 100);
    assert!(ends.iter().all(|run| near(end(run), [0.0, 0.0], 0.05)));
}

#[test]
fn the_edge_of_stability() {
    let name = "story-edge-of-stability";
    let sharpness = |document: &Scenario, run: &Trajectory| -> Vec<f64> {
        run.samples().iter().map(|sample| eigenvalues(hessian(document, sample.position.into()))[1]).collect()
    };
    let (document, runs) = scene(name, 6);
    assert!(runs[0].samples().len() > 3000, "it runs to the end");
    let curvature = sharpness(&document, &runs[0]);
    // What is told of a run is seen in a chart of so many steps, and the scenes between show the beginning of it.
    for number in 3..=5 {
        let (_, part) = scene(name, number);
        assert!(part[0].samples().iter().zip(runs[0].samples()).all(|(a, b)| a.position == b.position));
    }
    assert!(scene(name, 4).0.steps <= 100, "a swing of two steps is seen");
    close(curvature[0], 0.007, 0.0005);
    let [along_y, _] = eigenvalues(hessian(&document, document.start.point()));
    assert!(along_y < -8.0, "at the start the surface curves down along y");
    let (small, runs) = scene(name, 2);
    let rested = sharpness(&small, &runs[0]);
    close(*rested.last().unwrap(), 18.4, 0.05);
    close(2.0 / 18.4, 0.109, 0.0005);
    assert!(loss(&runs[0]) < 1e-20);
    assert_eq!(curvature.iter().position(|value| *value > 17.5), Some(4));
    let highest = curvature.iter().copied().fold(0.0, f64::max);
    close(highest, 23.2, 0.05);
    close(curvature[34], highest, 0.0);
    for (step, value) in curvature.iter().enumerate().take(830).skip(10) {
        assert!((*value > 17.5) == (step % 2 == 0), "step {step}: {value}");
    }
    assert_eq!(curvature.iter().rposition(|value| *value > 17.5), Some(836));
    close(curvature[3000], 17.449, 0.0005);
    close(curvature[3000] * 2.0 / 17.5, 1.994, 0.0005);
    let (document, runs) = scene(name, 6);
    assert!(loss(&runs[0]) < 1e-15);
    let larger = thalweg_scenario::changed_by(&document, &["1.lr=0.12".to_owned()]).unwrap().0;
    let below = sharpness(&larger, &run(&larger)[0]);
    close(2.0 / 0.12, 16.7, 0.05);
    assert!(below[3000] < 2.0 / 0.12 && below[3000] > 16.0, "{}", below[3000]);
}

#[test]
fn what_is_wrong_with_scenes_is_told() {
    let story = |scenes: &str| {
        format!(
            "(surface: Saddle, steps: 9, runners: [(optimizer: GradientDescent(lr: 0.1))], scenes: [{scenes}])"
        )
    };
    // These open, for a document may be changed under its scenes, and `thalweg check` tells.
    for (scenes, said) in [
        ("(set: [\"2.lr=1\"])", "scene 1: `2.lr=1`: `2` is no runner"),
        ("(), (set: [\"lrr=1\"])", "scene 2: `lrr=1`:"),
        ("(step: 10)", "scene 1: `step` is 10; the last step is 9"),
        ("(notes: \"[a](do:3.lr=1)\")", "scene 1: line 1 of the notes: the link `do:3.lr=1`"),
        ("(ask: (words: \"Where?\", runner: 2))", "scene 1: the question is about runner 2; there are 1"),
    ] {
        let found = scene_faults(&parse(&story(scenes)).expect(scenes));
        assert!(found.len() == 1 && found[0].starts_with(said), "{scenes}: {found:?}");
    }
    // These do not.
    for (scenes, said) in [
        ("3", "a scene is written"),
        ("(titel: \"a\")", "unknown field of a scene, `titel`; did you mean `title`?"),
        ("(set: \"a\")", "`set` takes a list of texts in quotes"),
        ("(ask: (choices: [\"a\", \"b\"], answer: 1))", "`words` is missing"),
        ("(ask: (words: \"a\"))", "a question has `choices`, or the `runner`"),
        ("(ask: (words: \"a\", choices: [\"a\"], answer: 1))", "two `choices` or more"),
        ("(ask: (words: \"a\", choices: [\"a\", \"b\"], answer: 3))", "found the answer 3; of 2 `choices`"),
        ("(ask: (words: \"a\", choices: [\"a\", \"b\"], answer: 1, runner: 1))", "not both"),
    ] {
        let found = parse(&story(scenes)).expect_err(scenes);
        assert!(found.iter().any(|fault| fault.to_string().contains(said)), "{scenes}: {found:?}");
    }
    let many = "(), ".repeat(41);
    assert!(parse(&story(&many)).unwrap_err()[0].to_string().contains("found 41 scenes; at most 40"));
}
