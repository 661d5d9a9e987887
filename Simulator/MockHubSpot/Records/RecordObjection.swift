/// Why a record is refused as a whole, for other reasons than the values of its properties.
struct RecordObjection: Error {
    /// The code by which people's edits and imports know it.
    var code: String
    var message: String
    /// What the reply names besides, in its order.
    var context: [(name: String, values: [String])] = []

    /// What a new record needs and has not (recorded: `Error creating PROJECT. Some required
    /// properties were not set.`, with the names in `properties`).
    static func unset(_ names: [String], _ label: String) -> Self {
        RecordObjection(
            code: "MISSING_REQUIRED_PROPERTY",
            message: "Error creating \(label). Some required properties were not set.",
            context: [("properties", names)]
        )
    }
}
