def f(a):
    try:
        a()
    except ValueError:
        a = 1
    except (TypeError, KeyError) as e:
        print(e)
        raise
    except:
        raise RuntimeError from None
    else:
        a = 2
    finally:
        print(a)
    for i in a:
        try:
            if i:
                return i
            continue
        finally:
            a.close()
    assert a, "message"


def g(a):
    try:
        a()
    except* ValueError as e:
        print(e)
    except* (TypeError, KeyError):
        pass
