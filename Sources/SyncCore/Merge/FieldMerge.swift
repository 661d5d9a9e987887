/// Decides about one field of one record: the grids, the times and the special fields.
package enum FieldMerge {
    package enum Phase: Sendable, Hashable {
        /// A linked record: each side is compared with its own base.
        case linked
        /// Two existing records meet for the first time (grid 2.7).
        case firstMatch(ObjectMapping.FirstSync)
    }

    /// One field as both sides show it.
    package struct Input: Sendable, Hashable {
        package var rule: SyncRule
        package var kind: FieldMapping.Kind
        package var phase: Phase
        package var hubspotBase: FieldValue
        package var salesforceBase: FieldValue
        package var hubspot: FieldValue
        package var salesforce: FieldValue
        /// Whether converting either side's value gives the other's.
        package var isEqual: Bool
        package var hubspotTime: ChangeTime
        package var salesforceTime: ChangeTime
        /// Milliseconds by which a change must be later to be newer.
        package var tolerance: Int64
        package var tieBreak: Side
        /// How far both sides have come, where the field's values have an order and both are in it.
        package var steps: ValueOrder.Steps?

        package init(
            rule: SyncRule,
            kind: FieldMapping.Kind = .plain,
            phase: Phase = .linked,
            hubspotBase: FieldValue,
            salesforceBase: FieldValue,
            hubspot: FieldValue,
            salesforce: FieldValue,
            isEqual: Bool,
            hubspotTime: ChangeTime = .interval(after: nil, notAfter: nil),
            salesforceTime: ChangeTime = .interval(after: nil, notAfter: nil),
            tolerance: Int64 = 2_000,
            tieBreak: Side = .salesforce,
            steps: ValueOrder.Steps? = nil
        ) {
            self.rule = rule
            self.kind = kind
            self.phase = phase
            self.hubspotBase = hubspotBase
            self.salesforceBase = salesforceBase
            self.hubspot = hubspot
            self.salesforce = salesforce
            self.isEqual = isEqual
            self.hubspotTime = hubspotTime
            self.salesforceTime = salesforceTime
            self.tolerance = tolerance
            self.tieBreak = tieBreak
            self.steps = steps
        }
    }

    /// What follows for the field.
    package struct Outcome: Sendable, Hashable {
        /// The side that gets the other one's value, or its blank; `nil` where nothing is written.
        package var target: Side?
        /// The rule and the cell, in the words of the screen.
        package var reason: String
        /// Who won, where both sides had been edited to different values.
        package var winner: Side?
        /// Whether an edit of the written side alone is taken back by the rule.
        package var isOverruling = false
        /// Whether the order of the two edits is not known and the tie-break decided.
        package var isTie = false
        /// Whether both sides differ and neither may be written.
        package var isListed = false
        /// Whether HubSpot's property history can still tell which edit came later.
        package var needsChangeTimes = false

        package init(target: Side? = nil, reason: String = "") {
            self.target = target
            self.reason = reason
        }
    }

    package static func decide(_ input: Input) -> Outcome {
        guard !input.isEqual, input.rule != .dontSync else { return Outcome() }
        if let restored = Self.restoredIdentity(input) ?? Self.restoredOwner(input) {
            return restored
        }
        switch input.phase {
        case .linked: return Self.forward(Self.linked(input), input)
        case .firstMatch(let firstSync):
            return Self.forward(Self.firstMatch(input, firstSync), input)
        }
    }

    /// Lets no value go back: two-way, the one that has come further goes over; another rule's write of one that
    /// has not is left out.
    private static func forward(_ outcome: Outcome, _ input: Input) -> Outcome {
        guard let behind = input.steps?.behind, outcome.target != behind else { return outcome }
        let reason = "\(input.rule.title): values go forward only"
        guard input.rule == .twoWay else {
            return outcome.target == nil ? outcome : Outcome(reason: reason)
        }
        var forward = Outcome(target: behind, reason: reason)
        guard case .linked = input.phase else { return forward }
        let hubspot = FieldState(base: input.hubspotBase, now: input.hubspot)
        let salesforce = FieldState(base: input.salesforceBase, now: input.salesforce)
        if hubspot.hasChanged, salesforce.hasChanged {
            forward.winner = behind.other
        } else {
            forward.isOverruling = (behind == .hubspot ? hubspot : salesforce).hasChanged
        }
        return forward
    }

    /// Whether a write to this side could overwrite an edit that the rule would let win.
    ///
    /// The target must then be read by id right before the write (the race window).
    ///
    /// `isClear`: whether a blank is written. A clear of the preferred side gives way to a newer
    /// value of the other one.
    package static func needsGuard(
        _ rule: SyncRule,
        writing side: Side,
        isClear: Bool = false
    ) -> Bool {
        switch rule {
        case .twoWay, .fillEmpty: true
        case .preferSalesforce: side == .salesforce || isClear
        case .preferHubSpot: side == .hubspot || isClear
        case .alwaysSalesforce, .alwaysHubSpot, .dontSync: false
        }
    }

    // MARK: - Linked records

    private static func linked(_ input: Input) -> Outcome {
        let hubspot = FieldState(base: input.hubspotBase, now: input.hubspot)
        // Whom Salesforce gives a record of ours is nobody's edit.
        let isGiven = input.kind == .owner && input.salesforceBase == Owners.given
        let salesforce = FieldState(
            base: isGiven ? input.salesforce : input.salesforceBase,
            now: input.salesforce
        )
        if input.kind == .owner, hubspot == .blank, salesforce == .value { return Outcome() }
        let cell = MergeGrid.cell(input.rule, hubspot: hubspot, salesforce: salesforce)
        var outcome: Outcome
        switch cell {
        case .listed where input.kind == .owner && input.rule == .twoWay:
            outcome = Self.write(.hubspot, input, salesforce)
        case .nothing: outcome = Outcome()
        case .toHubSpot: outcome = Self.write(.hubspot, input, salesforce)
        case .toSalesforce: outcome = Self.write(.salesforce, input, hubspot)
        case .newest: outcome = Self.newest(input, keeping: input.tieBreak)
        case .newestElse(let side): outcome = Self.newest(input, keeping: side)
        case .listed:
            outcome = Outcome(reason: "\(input.rule.title): both have a value of their own")
            outcome.isListed = true
        }
        if hubspot.hasChanged, salesforce.hasChanged, outcome.winner == nil,
            let target = outcome.target
        {
            outcome.winner = target.other
        }
        if let target = outcome.target, outcome.winner == nil {
            outcome.isOverruling = (target == .hubspot ? hubspot : salesforce).hasChanged
        }
        return outcome
    }

    private static func write(_ target: Side, _ input: Input, _ source: FieldState) -> Outcome {
        let from = target == .hubspot ? "Salesforce" : "HubSpot"
        let what =
            switch source {
            case .blank: "has no value"
            case .value: "has a value"
            case .changed: "was edited"
            case .cleared: "was cleared"
            }
        return Outcome(target: target, reason: "\(input.rule.title): \(from) \(what)")
    }

    private static func newest(_ input: Input, keeping tieBreak: Side) -> Outcome {
        let (hubspot, salesforce) = (input.hubspotTime, input.salesforceTime)
        var outcome = Outcome()
        if hubspot.isLater(than: salesforce, tolerance: input.tolerance) {
            outcome = Outcome(target: .salesforce, reason: "\(input.rule.title): HubSpot is newer")
            outcome.winner = .hubspot
        } else if salesforce.isLater(than: hubspot, tolerance: input.tolerance) {
            outcome = Outcome(target: .hubspot, reason: "\(input.rule.title): Salesforce is newer")
            outcome.winner = .salesforce
        } else {
            let name = tieBreak == .hubspot ? "HubSpot" : "Salesforce"
            outcome = Outcome(
                target: tieBreak.other,
                reason: "\(input.rule.title): edited at the same time, \(name) wins ties"
            )
            outcome.winner = tieBreak
            outcome.isTie = true
            outcome.needsChangeTimes = !hubspot.isExact
        }
        return outcome
    }

    // MARK: - First match

    private static func firstMatch(
        _ input: Input,
        _ firstSync: ObjectMapping.FirstSync
    ) -> Outcome {
        let hubspot = FieldState(base: input.hubspot, now: input.hubspot)
        let salesforce = FieldState(base: input.salesforce, now: input.salesforce)
        guard hubspot == .value, salesforce == .value else {
            // Blank on one side: the unchanged cells say the same as grid 2.7.
            switch MergeGrid.cell(input.rule, hubspot: hubspot, salesforce: salesforce) {
            case .toHubSpot: return Self.write(.hubspot, input, salesforce)
            case .toSalesforce: return Self.write(.salesforce, input, hubspot)
            case .nothing, .newest, .newestElse, .listed: return Outcome()
            }
        }
        switch input.rule {
        case .preferSalesforce, .alwaysSalesforce: return Self.write(.hubspot, input, salesforce)
        case .preferHubSpot, .alwaysHubSpot: return Self.write(.salesforce, input, hubspot)
        case .dontSync: return Outcome()
        case .fillEmpty: return Self.undecided(input)
        case .twoWay: return Self.firstTwoWay(input, firstSync)
        }
    }

    private static func firstTwoWay(
        _ input: Input,
        _ firstSync: ObjectMapping.FirstSync
    ) -> Outcome {
        let (hubspot, salesforce) = (input.hubspotTime, input.salesforceTime)
        switch firstSync {
        // Whoever has the record already keeps it.
        case .report where input.kind == .owner: return Self.write(.hubspot, input, .value)
        case .report: return Self.undecided(input)
        case .salesforce:
            return Outcome(target: .hubspot, reason: "First sync: Salesforce's value is taken")
        case .hubspot:
            return Outcome(target: .salesforce, reason: "First sync: HubSpot's value is taken")
        case .newest:
            // The records' own stamps are all there is; they end both intervals.
            if Self.stamp(hubspot, isLaterThan: salesforce, input.tolerance) {
                return Outcome(target: .salesforce, reason: "First sync: HubSpot is newer")
            }
            if Self.stamp(salesforce, isLaterThan: hubspot, input.tolerance) {
                return Outcome(target: .hubspot, reason: "First sync: Salesforce is newer")
            }
            return Self.undecided(input)
        }
    }

    private static func stamp(
        _ left: ChangeTime,
        isLaterThan right: ChangeTime,
        _ tolerance: Int64
    ) -> Bool {
        func end(_ time: ChangeTime) -> ServerTime? {
            switch time {
            case .exact(let time): time
            case .interval(_, let notAfter): notAfter
            }
        }
        guard let left = end(left), let right = end(right) else { return false }
        return left.milliseconds - right.milliseconds > tolerance
    }

    private static func undecided(_ input: Input) -> Outcome {
        var outcome = Outcome(reason: "\(input.rule.title): both have a value of their own")
        outcome.isListed = true
        return outcome
    }

    // MARK: - Identity and owners

    /// A record in Salesforce always has an owner: one that is cleared in HubSpot comes back.
    private static func restoredOwner(_ input: Input) -> Outcome? {
        guard input.kind == .owner, case .linked = input.phase,
            FieldState(base: input.hubspotBase, now: input.hubspot) == .cleared,
            !input.salesforce.isBlank
        else { return nil }
        var outcome = Outcome(
            target: input.rule == .alwaysHubSpot ? nil : .hubspot,
            reason: "A record in Salesforce always has an owner"
        )
        outcome.isOverruling = outcome.target != nil
        return outcome
    }

    /// E-mail is identity: a clear is never propagated, the other side's value comes back.
    private static func restoredIdentity(_ input: Input) -> Outcome? {
        guard input.kind == .identity, case .linked = input.phase else { return nil }
        let hubspot = FieldState(base: input.hubspotBase, now: input.hubspot)
        let salesforce = FieldState(base: input.salesforceBase, now: input.salesforce)
        switch (hubspot, salesforce) {
        case (_, .cleared) where hubspot.hasValue:
            let allowed = input.rule != .alwaysSalesforce
            return Outcome(
                target: allowed ? .salesforce : nil,
                reason: "An e-mail address is not cleared on a synced record"
            )
        case (.cleared, _) where salesforce.hasValue:
            let allowed = input.rule != .alwaysHubSpot
            return Outcome(
                target: allowed ? .hubspot : nil,
                reason: "An e-mail address is not cleared on a synced record"
            )
        case (_, _): return nil
        }
    }
}
