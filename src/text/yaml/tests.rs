use super::*;

#[test]
fn scalars_are_cut_to_their_token() {
    let source = Arc::new(Source::new(
        "t.yaml",
        "a: &x foo # c\nb: 'x y' # c\nc: !!str 12\n",
    ));
    let (tree, errors) = read(source);
    let written: Vec<&str> = tree
        .documents()
        .flat_map(|root| root.entries())
        .map(|(_, value)| value.written())
        .collect();
    assert_eq!((written, errors.len()), (vec!["foo", "'x y'", "12"], 0));
}
