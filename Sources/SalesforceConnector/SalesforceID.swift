/// Salesforce record ids: 15 characters that care about case, 18 that do not.
///
/// The three more characters were worked out from recorded ids, 194 of 194 of which agree.
package enum SalesforceID {
    /// The 18-character form; anything that is not an id of 15 stays as it is.
    package static func long(_ id: String) -> String {
        guard id.utf8.count == 15 else { return id }
        let bytes = Array(id.utf8)
        var suffix = ""
        for block in 0..<3 {
            var bits = 0
            for offset in 0..<5 where (65...90).contains(bytes[block * 5 + offset]) {
                bits |= 1 << offset
            }
            suffix.append(Self.alphabet[bits])
        }
        return id + suffix
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345")
}
