import WireJSON

/// What a duplicate rule found, as `DUPLICATES_DETECTED` shows it.
struct DuplicateResult: Sendable, Hashable {
    /// Under which names replies hold it.
    struct Spelling: Sendable, Hashable {
        /// In the error of a single record.
        var single = "duplicateResut"
        /// In the error of a row; `nil` leaves it out.
        var row: String? = "duplicateResult"
    }

    /// The matches of one matching rule.
    struct Match: Sendable, Hashable {
        var rule: MockSalesforceMatchingRule
        /// Each record as REST writes it.
        var records: [[UInt8]]
    }

    var rule: MockSalesforceDuplicateRule
    var isSaveAllowed: Bool
    var matches: [Match]
    var spelling: Spelling

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("allowSave", self.isSaveAllowed)
            writer.member("duplicateRule", self.rule.name)
            writer.member("duplicateRuleEntityType", self.rule.object)
            writer.member("errorMessage", self.rule.message)
            writer.name("matchResults")
            writer.array { writer in
                for match in self.matches { Self.write(match, to: &writer) }
            }
        }
    }

    private static func write(_ match: Match, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("entityType", match.rule.object)
            writer.name("errors")
            writer.array { _ in }
            writer.member("matchEngine", match.rule.engine)
            writer.name("matchRecords")
            writer.array { writer in
                for record in match.records {
                    writer.object { writer in
                        for name in ["additionalInformation", "fieldDiffs"] {
                            writer.name(name)
                            writer.array { _ in }
                        }
                        writer.name("matchConfidence")
                        writer.raw("100.0")
                        writer.name("record")
                        writer.raw(record)
                    }
                }
            }
            writer.member("rule", match.rule.name)
            writer.member("size", match.records.count)
            writer.member("success", true)
        }
    }
}
