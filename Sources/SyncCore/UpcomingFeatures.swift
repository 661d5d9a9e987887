// A misspelled upcoming feature is accepted in silence, so each one is checked here.
#if !hasFeature(ExistentialAny)
#error("ExistentialAny is off: see the settings loop in Package.swift")
#endif
#if !hasFeature(InternalImportsByDefault)
#error("InternalImportsByDefault is off: see the settings loop in Package.swift")
#endif
#if !hasFeature(MemberImportVisibility)
#error("MemberImportVisibility is off: see the settings loop in Package.swift")
#endif
#if !hasFeature(NonisolatedNonsendingByDefault)
#error("NonisolatedNonsendingByDefault is off: see the settings loop in Package.swift")
#endif
