/// Who writes, when, and how.
struct WriteContext: Sendable {
    /// The 18-character user id.
    var author: String
    var now: Int64
    var commitDelay: Int64 = 0
    var isRest = false
    var kind: MockSalesforceChange.Kind = .update
    /// Nothing is validated: the record is what the test says it is.
    var isSeed = false
    /// The org itself copies what was written to another record.
    var isMirror = false
    var trimsText = true
    var movesStampsUnchanged = true
    /// Another transaction holds every row of the request.
    var areRowsLocked = false
    /// Records that another transaction holds.
    var heldRecords: Set<String> = []
    var duplicates = DuplicateOptions()
    var assignment = AssignmentChoice.none
    /// How many changes there were before it: see `ChangeMark`.
    var transaction = 0
    var origin = ""

    var visibleAt: Int64 { self.now + self.commitDelay }
    var stamp: Int64 { SalesforceTime.wholeSeconds(self.now) }
}
