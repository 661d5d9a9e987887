/// A field's type on one side with the limits that change a value on its way there.
package struct FieldShape: Sendable, Hashable, Codable {
    package var type: FieldType

    /// The longest text in characters, or `nil` where the CRM states none.
    package var lengthMax: Int?

    /// The digits kept after the decimal point, or `nil` where all are kept.
    package var scale: Int?

    /// Whether a datetime keeps whole seconds only, as Salesforce's do.
    package var wholeSeconds: Bool

    /// The values a restricted choice accepts, or `nil` where any text is accepted.
    package var choices: [String]?

    /// Whether the integration may write the field.
    package var isWritable: Bool

    /// Whether the integration may write the field of a new record, whatever it may do later: a detail keeps the master
    /// with which it was made.
    package var isSetOnCreate: Bool

    package init(
        type: FieldType,
        lengthMax: Int? = nil,
        scale: Int? = nil,
        wholeSeconds: Bool = false,
        choices: [String]? = nil,
        isWritable: Bool = true,
        isSetOnCreate: Bool = false
    ) {
        self.type = type
        self.lengthMax = lengthMax
        self.scale = scale
        self.wholeSeconds = wholeSeconds
        self.choices = choices
        self.isWritable = isWritable
        self.isSetOnCreate = isSetOnCreate
    }
}
