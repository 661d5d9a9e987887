/// A checked value for one place of a row.
struct FieldWrite: Sendable {
    var place: Int
    var value: Value
}
