/// The three errors of a statement, with the echo and the caret that the vendor prints.
enum SOQLError {
    static func malformed(
        _ message: String,
        _ statement: [UInt8],
        at offset: Int
    ) -> RequestFailure {
        RequestFailure("MALFORMED_QUERY", self.pointed(message, statement, at: offset))
    }

    static func invalidField(
        _ message: String,
        _ statement: [UInt8],
        at offset: Int
    ) -> RequestFailure {
        RequestFailure("INVALID_FIELD", self.pointed(message, statement, at: offset))
    }

    static func noSuchColumn(
        _ name: String,
        on object: String,
        _ statement: [UInt8],
        at offset: Int
    ) -> RequestFailure {
        self.invalidField(
            "No such column '\(name)' on entity '\(object)'. If you are attempting to use a custom "
                + "field, be sure to append the '__c' after the custom field name. "
                + "Please reference your WSDL or the describe call for the appropriate names.",
            statement,
            at: offset
        )
    }

    static func invalidType(
        _ name: String,
        _ statement: [UInt8],
        at offset: Int
    ) -> RequestFailure {
        RequestFailure(
            "INVALID_TYPE",
            self.pointed(
                "sObject type '\(name)' is not supported. If you are attempting to use a custom "
                    + "object, be sure to append the '__c' after the entity name. "
                    + "Please reference your WSDL or the describe call for the appropriate names.",
                statement,
                at: offset
            )
        )
    }

    /// A relationship that a sub-select names and the object has not.
    static func noSuchRelationship(
        _ name: String,
        _ statement: [UInt8],
        at offset: Int
    ) -> RequestFailure {
        RequestFailure(
            "INVALID_TYPE",
            self.pointed(
                "Didn't understand relationship '\(name)' in FROM part of query call. If you are "
                    + "attempting to use a custom relationship, be sure to append the '__r' after "
                    + "the custom relationship name. Please reference your WSDL or the describe "
                    + "call for the appropriate names.",
                statement,
                at: offset
            )
        )
    }

    private static func pointed(_ message: String, _ statement: [UInt8], at offset: Int) -> String {
        var start = 0
        var end = statement.count
        // Long statements are echoed around the place only.
        if statement.count > 160 {
            start = max(0, offset - 40)
            end = min(statement.count, offset + 40)
        }
        let echo = String(decoding: statement[start..<end], as: UTF8.self)
        let caret = String(repeating: " ", count: offset - start) + "^"
        return "\n\(echo)\n\(caret)\nERROR at Row:1:Column:\(offset + 1)\n\(message)"
    }
}
