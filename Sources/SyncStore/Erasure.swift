/// That somebody was erased: when and by which command, without a word of whom.
package struct Erasure: Sendable, Hashable {
    package var number: Int64
    /// The command as it was given, without what was typed to name the person.
    package var command: String
    /// Wall milliseconds.
    package var at: Int64
    /// How many keyed hashes are kept of it.
    package var hashes: Int
    /// Whether the store's file was written anew since.
    package var isClean: Bool

    package init(number: Int64, command: String, at: Int64, hashes: Int, isClean: Bool) {
        self.number = number
        self.command = command
        self.at = at
        self.hashes = hashes
        self.isClean = isClean
    }
}
