/// What people of the org do; nothing here is billed.
extension MockSalesforce {
    /// Puts a record into the org as it is, without validation.
    ///
    /// System fields that are not given get the author and the time.
    ///
    /// - Throws: for an unknown object or field, and for a value its type cannot hold.
    @discardableResult
    package mutating func seed(
        object: String,
        fields: [MockSalesforceRecord.Field],
        at now: Int64,
        author: String? = nil
    ) throws(MockSalesforceError) -> String {
        var context = self.context(author, now, commitDelay: 0)
        context.isSeed = true
        let table = try self.table(object)
        return try self.unwrapping { (mock) throws(RequestFailure) in
            try mock.org.create(table, Self.inputs(fields), context)
        }
    }

    /// A person creates a record; validation is the same as over REST.
    @discardableResult
    package mutating func create(
        object: String,
        fields: [MockSalesforceRecord.Field],
        at now: Int64,
        author: String? = nil,
        commitDelay: Int64? = nil
    ) throws(MockSalesforceError) -> String {
        let context = self.context(author, now, commitDelay: commitDelay)
        let table = try self.table(object)
        return try self.unwrapping { (mock) throws(RequestFailure) in
            try mock.org.create(table, Self.inputs(fields), context)
        }
    }

    /// A person brings many records in one transaction; all of them or none.
    ///
    /// - Returns: their ids, in the order of the rows.
    @discardableResult
    package mutating func create(
        object: String,
        rows: [[MockSalesforceRecord.Field]],
        at now: Int64,
        author: String? = nil
    ) throws(MockSalesforceError) -> [String] {
        let context = self.context(author, now, commitDelay: nil)
        let table = try self.table(object)
        let before = self.org
        do throws(MockSalesforceError) {
            return try self.unwrapping { (mock) throws(RequestFailure) in
                var ids: [String] = []
                for fields in rows {
                    ids.append(try mock.org.create(table, Self.inputs(fields), context))
                }
                return ids
            }
        } catch {
            self.org = before
            throw error
        }
    }

    /// A person changes fields of a record.
    package mutating func edit(
        _ id: String,
        fields: [MockSalesforceRecord.Field],
        at now: Int64,
        author: String? = nil,
        commitDelay: Int64? = nil
    ) throws(MockSalesforceError) {
        let context = self.context(author, now, commitDelay: commitDelay)
        let place = try self.locate(id, isDeleted: false)
        try self.unwrapping { (mock) throws(RequestFailure) in
            try mock.org.update(place.table, place.row, Self.inputs(fields), context)
        }
    }

    /// A person moves a record, and for an Account its Contacts, to the recycle bin.
    package mutating func delete(
        _ id: String,
        at now: Int64,
        author: String? = nil,
        commitDelay: Int64? = nil
    ) throws(MockSalesforceError) {
        let place = try self.locate(id, isDeleted: false)
        let context = self.context(author, now, commitDelay: commitDelay)
        try self.unwrapping { (mock) throws(RequestFailure) in
            try mock.org.requireUnreferenced(place.table, place.row)
        }
        self.org.delete(place.table, place.row, context)
    }

    /// A person takes a record out of the recycle bin; the same id returns.
    package mutating func undelete(
        _ id: String,
        at now: Int64,
        author: String? = nil,
        commitDelay: Int64? = nil
    ) throws(MockSalesforceError) {
        let place = try self.locate(id, isDeleted: true)
        // The documentation does not say what becomes of a record whose unique value another one has
        // taken meanwhile; two with one value cannot be.
        try self.unwrapping { (mock) throws(RequestFailure) in
            try mock.org.requireUnique(place.table, place.row)
            try mock.org.requireLiveMasters(place.table, place.row)
        }
        let context = self.context(author, now, commitDelay: commitDelay)
        self.org.undelete(place.table, place.row, context)
    }

    /// Removes a record past the recycle bin; no query ever shows it again.
    package mutating func hardDelete(
        _ id: String,
        at now: Int64,
        author: String? = nil
    ) throws(MockSalesforceError) {
        let place = try self.locate(id, isDeleted: nil)
        self.org.purge(place.table, place.row, self.context(author, now, commitDelay: 0))
    }

    /// Merges up to two losers into a winner of the same object.
    ///
    /// Losers are deleted with `MasterRecordId`; the winner gets one update with the fields that
    /// were chosen; children move to it.
    package mutating func merge(
        winner: String,
        losers: [String],
        fields: [MockSalesforceRecord.Field] = [],
        at now: Int64,
        author: String? = nil,
        commitDelay: Int64? = nil
    ) throws(MockSalesforceError) {
        var context = self.context(author, now, commitDelay: commitDelay)
        let target = try self.locate(winner, isDeleted: false)
        let winnerID = self.org.tables[target.table].rows[target.row].id
        for loser in losers {
            let place = try self.locate(loser, isDeleted: false)
            guard place.table == target.table, place.row != target.row else {
                throw MockSalesforceError("INVALID_INPUT", "records of one object only")
            }
            let loserID = self.org.tables[place.table].rows[place.row].id
            self.org.delete(place.table, place.row, context, master: winnerID)
            self.org.reparent(from: loserID, to: winnerID, context)
        }
        context.movesStampsUnchanged = true
        context.duplicates.areSkipped = true
        try self.unwrapping { (mock) throws(RequestFailure) in
            try mock.org.update(target.table, target.row, Self.inputs(fields), context)
        }
    }

    /// Forgets old changes, calls and sessions where there are twice as many as that, down to it.
    ///
    /// For an org that runs for long; what checks a run reads the whole history.
    package mutating func forgetHistory(over count: Int, at now: Int64) {
        if self.org.changes.count > 2 * count {
            // What somebody listens to is told first.
            if self.eventLog.scanned > 0 { self.publishChanges(at: now) }
            let known = self.org.changesForgotten
            self.org.forget(allBut: count)
            self.eventLog.forget(changes: self.org.changesForgotten - known)
        }
        guard self.meter.calls.count > 2 * count else { return }
        self.meter.forget(allBut: count)
        self.sessions.forgetEnded(at: now)
    }

    /// Shares a record with the integration users, or stops sharing it; no stamp moves.
    package mutating func setVisible(
        _ id: String,
        _ isVisible: Bool
    ) throws(MockSalesforceError) {
        let place = try self.locate(id, isDeleted: nil)
        self.org.change(place.table, place.row) { $0.isHidden = !isVisible }
    }

    /// Adds a field to an object and moves the date that describes compare with.
    package mutating func addField(_ field: MockSalesforceCustomField, at now: Int64) {
        self.org.addField(field)
        self.openField(field.name, of: field.object, at: now)
        self.settings.metadataChangedAt = now
    }

    /// Takes a field away: it is gone from describe, and naming it is an error.
    package mutating func removeField(_ name: String, of object: String, at now: Int64) {
        self.org.removeField(name, of: object)
        self.purgeGrants(on: "\(object).\(name)")
        self.settings.metadataChangedAt = now
    }

    /// Makes a field required, read-only, shorter, or what it was; brings back a removed one.
    package mutating func changeField(
        _ name: String,
        of object: String,
        isRequired: Bool? = nil,
        isReadOnly: Bool? = nil,
        length: Int? = nil,
        at now: Int64
    ) {
        self.org.changeField(name, of: object) { field in
            field.isRemoved = false
            if let isRequired { field.isNillable = !isRequired }
            if let isReadOnly {
                field.isCreateable = !isReadOnly
                field.isUpdateable = !isReadOnly
            }
            if let length { field.length = length }
        }
        self.settings.metadataChangedAt = now
    }

    /// How many characters a field takes.
    package func length(of name: String, of object: String) -> Int? {
        guard let table = self.org.table(object) else { return nil }
        return self.org.tables[table].object.fields.first { $0.name == name }?.length
    }

    /// Replaces the values of a picklist.
    package mutating func changePicklist(
        _ name: String,
        of object: String,
        to values: [String],
        at now: Int64
    ) {
        self.org.changePicklist(name, of: object, to: values)
        self.settings.metadataChangedAt = now
    }

    /// Ends every access token; refresh tokens stay.
    package mutating func expireSessions() {
        self.sessions.expireAll()
    }

    /// An admin takes an app's access back: its access and refresh tokens end.
    package mutating func revokeAccess(credential place: Int = 0) {
        self.sessions.revokeAll(place)
    }

    /// Whether any of a credential's refresh tokens can still be used.
    package func hasAccess(credential place: Int = 0) -> Bool {
        self.sessions.hasRefresh(place)
    }

    /// Somebody connects the app again: a refresh token beside those that it has.
    package mutating func connect(credential place: Int = 0) -> String {
        self.sessions.addRefresh(place)
    }

    /// Ends every open query cursor.
    package mutating func expireCursors() {
        self.cursors.expireAll()
    }

    func context(_ author: String?, _ now: Int64, commitDelay: Int64?) -> WriteContext {
        var context = WriteContext(
            author: author ?? self.settings.users.first?.id ?? MockSalesforceUser.administrator.id,
            now: now
        )
        context.commitDelay = commitDelay ?? self.settings.commitDelay
        context.trimsText = self.settings.trimsText
        context.movesStampsUnchanged = self.settings.unchangedUpdateMovesStamps
        // People see the warning of a rule that alerts, and save.
        context.duplicates.allowsSave = true
        context.transaction = self.org.changeCount
        context.origin = self.settings.streaming.peopleOrigin
        return context
    }

    func table(_ object: String) throws(MockSalesforceError) -> Int {
        guard let table = self.org.table(object) else {
            throw MockSalesforceError("INVALID_TYPE", "sObject type '\(object)' is not supported")
        }
        return table
    }

    /// Finds a record; `isDeleted` says which state it must be in, `nil` either.
    func locate(
        _ id: String,
        isDeleted: Bool?
    ) throws(MockSalesforceError) -> (table: Int, row: Int) {
        guard let id = SalesforceID.canonical(id), let table = self.org.table(ofID: id),
            let row = self.org.tables[table].row(ofID: id),
            !self.org.tables[table].rows[row].isPurged
        else {
            throw MockSalesforceError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")
        }
        let actual = self.org.tables[table].rows[row].current.isDeleted
        guard isDeleted == nil || isDeleted == actual else {
            throw actual
                ? MockSalesforceError("ENTITY_IS_DELETED", "entity is deleted", status: 404)
                : MockSalesforceError("UNDELETE_FAILED", "entity is not in the recycle bin")
        }
        return (table, row)
    }

    mutating func unwrapping<Result>(
        _ body: (inout MockSalesforce) throws(RequestFailure) -> Result
    ) throws(MockSalesforceError) -> Result {
        do throws(RequestFailure) {
            return try body(&self)
        } catch {
            throw error.errors.first ?? MockSalesforceError("UNKNOWN_EXCEPTION", "no error")
        }
    }

    static func inputs(_ fields: [MockSalesforceRecord.Field]) -> [FieldInput] {
        fields.map { FieldInput($0.name, $0.value) }
    }
}
