extension MockSalesforce {
    /// Gives records a currency and the org the objects that tell its rates.
    mutating func addCurrencies() {
        guard let currencies = self.settings.currencies else { return }
        self.org.currencies = currencies
        let code = currencies.codeField
        var readOnly = code
        readOnly.name = "DefaultCurrencyIsoCode"
        readOnly.isCreateable = false
        readOnly.isUpdateable = false
        for object in self.org.tables.map(\.object) where object.isSecured {
            self.org.add(code, to: object.name)
        }
        self.org.add(readOnly, to: "User")
        readOnly.defaultValue = .text(currencies.corporate)
        self.org.add(readOnly, to: "Organization")
        self.org.add(
            PermissionSchema.object(
                "CurrencyType",
                "01L",
                isWritable: false,
                [
                    PermissionSchema.text("IsoCode"), Self.rate,
                    PermissionSchema.number("DecimalPlaces"), PermissionSchema.flag("IsActive"),
                    PermissionSchema.flag("IsCorporate"),
                ]
            )
        )
        guard !currencies.datedRates.isEmpty else { return }
        self.org.add(
            PermissionSchema.object(
                "DatedConversionRate",
                "04w",
                isWritable: false,
                [
                    PermissionSchema.text("IsoCode"), Self.rate,
                    MockField(name: "StartDate", label: "Start Date", type: .date),
                    MockField(name: "NextStartDate", label: "Next Start Date", type: .date),
                ]
            )
        )
    }

    private static var rate: MockField {
        var rate = MockField(name: "ConversionRate", label: "Conversion Rate", type: .double)
        (rate.precision, rate.scale) = (18, 6)
        return rate
    }

    /// An administrator switches currencies on or off, changes rates or the corporate currency.
    ///
    /// Records keep what they have; a currency that is off is refused on write. Dated rates stay.
    package mutating func changeCurrencies(_ currencies: MockSalesforceCurrencies, at now: Int64) {
        guard self.settings.currencies != nil, let table = self.org.table("CurrencyType"),
            let code = self.org.tables[table].object.systemPlace(of: "IsoCode")
        else { return }
        self.settings.currencies = currencies
        self.settings.metadataChangedAt = now
        self.org.use(currencies)
        var context = self.context(nil, now, commitDelay: 0)
        context.isSeed = true
        for currency in currencies.currencies {
            let row = self.org.tables[table].rows.firstIndex {
                $0.current.value(code).text == currency.isoCode
            }
            let inputs = [
                FieldInput("ConversionRate", .number("\(currency.conversionRate)")),
                FieldInput("IsActive", .boolean(currency.isActive)),
                FieldInput("IsCorporate", .boolean(currency.isoCode == currencies.corporate)),
            ]
            // What the org itself writes passes its own checks.
            if let row { try? self.org.update(table, row, inputs, context) }
        }
    }

    mutating func seedCurrencies() {
        guard let currencies = self.settings.currencies else { return }
        let now = self.settings.metadataChangedAt
        for currency in currencies.currencies {
            self.plant(
                "CurrencyType",
                [
                    ("IsoCode", .text(currency.isoCode)),
                    ("ConversionRate", .number("\(currency.conversionRate)")),
                    ("DecimalPlaces", .number(String(currency.decimalPlaces))),
                    ("IsActive", .boolean(currency.isActive)),
                    ("IsCorporate", .boolean(currency.isoCode == currencies.corporate)),
                ],
                now
            )
        }
        for rate in currencies.datedRates {
            let next = currencies.datedRates
                .filter { $0.isoCode == rate.isoCode && $0.startDate > rate.startDate }
                .map(\.startDate).min()
            self.plant(
                "DatedConversionRate",
                [
                    ("IsoCode", .text(rate.isoCode)),
                    ("ConversionRate", .number("\(rate.conversionRate)")),
                    ("StartDate", .text(rate.startDate)),
                    ("NextStartDate", next.map { .text($0) } ?? .null),
                ],
                now
            )
        }
    }
}

extension MockOrg {
    /// An amount of a record in the user's currency; as it is where the org has but one.
    func converted(_ value: Value, of version: MockVersion, _ table: Int) -> Value {
        guard let currencies = self.currencies, case .number(let amount) = value,
            let place = self.tables[table].object.systemPlace(of: "CurrencyIsoCode"),
            let code = version.value(place).text
        else { return value }
        let object = self.tables[table].object
        var day: String?
        if object.name == "Opportunity", let close = object.systemPlace(of: "CloseDate") {
            day = version.value(close).text
        }
        return currencies.converted(amount, from: code, on: day).map { .number($0) } ?? .null
    }
}
