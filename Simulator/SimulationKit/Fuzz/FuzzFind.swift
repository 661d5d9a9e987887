/// Something in replies that later requests may name: an id, a cursor, a token.
struct FuzzFind: Sendable {
    /// A part of the addresses whose replies have it.
    var part: String
    /// The member's name, at any depth.
    var key: String
    /// The placeholder that it stands for from then on.
    var placeholder: String

    init(_ part: String, _ key: String, _ placeholder: String) {
        self.part = part
        self.key = key
        self.placeholder = placeholder
    }
}
