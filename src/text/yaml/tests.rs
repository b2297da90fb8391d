use super::*;

fn parse(text: &str) -> (Tree, Vec<TextError>) {
    read(Arc::new(Source::new("t.yaml", text)))
}

#[test]
fn probe() {
    let (tree, errors) = parse(
        "a: &x foo # c\nb: 'x y' # c\nc: !!str 12\nd: |\n  line one\n  two\ne: >-\n   f\n   g\nf: [1, *x]\n",
    );
    for (k, v) in tree.documents().next().unwrap().entries() {
        println!(
            "{:?} {:?} {:?} {:?}",
            k.text(),
            v.kind(),
            v.text(),
            v.written()
        );
    }
    println!("{errors:?}");
    let (tree, errors) =
        parse("a: 1\r\né: \"x\\ty\"\r\n\r\nb:\r\n  - u\r\n  - v\r\nc:\n\"q\": d e\n  f\n");
    for (k, v) in tree.documents().next().unwrap().entries() {
        println!(
            "{:?} {:?} {:?} {:?}",
            k.written(),
            v.kind(),
            v.text(),
            v.written()
        );
    }
    println!("{errors:?}");
}
