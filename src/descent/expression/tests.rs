//! What typed formulas say, evaluate to, and are told when they are wrong.

use super::Expression;
#[test]
fn smoke() {
    let e = Expression::parse("(1-x)^2 + 100*(y-x^2)^2").unwrap();
    println!("{:#?}", e.program(&[]));
    assert_eq!(e.program(&[]).at(2.0, 3.0), 101.0);
}
