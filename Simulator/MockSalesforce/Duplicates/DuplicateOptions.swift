/// How duplicate rules treat one request: `Sforce-Duplicate-Rule-Header`, from v52 on.
struct DuplicateOptions: Sendable {
    /// Passes rules that alert; one that blocks refuses all the same.
    var allowsSave = false
    var includesRecordDetails = false
    /// Whether records that are not shared with the user are left out of the comparison.
    var runsAsCurrentUser = false
    /// Rules do not run at all: conversions and merges by people.
    var areSkipped = false
    /// Rows per table before the save; the rows of one save are not compared with each other.
    var rowsBefore: [Int]?
    /// `v62.0`, for the urls of matches.
    var version = "v62.0"
    var spelling = DuplicateResult.Spelling()

    /// `allowSave=true; includeRecordDetails=true`; what is not named is false.
    mutating func read(_ header: String) {
        for part in header.split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1)
                .map { $0.filter { $0 != " " }.lowercased() }
            guard pair.count == 2 else { continue }
            let isTrue = pair[1] == "true"
            switch pair[0] {
            case "allowsave": self.allowsSave = isTrue
            case "includerecorddetails": self.includesRecordDetails = isTrue
            case "runascurrentuser": self.runsAsCurrentUser = isTrue
            default: continue
            }
        }
    }
}
